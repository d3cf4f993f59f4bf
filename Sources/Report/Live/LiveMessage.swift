package import FTPProtocol

/// What is said of interfaces and of captures that are being made.
package enum LiveMessage: CaseIterable, Hashable, Sendable {
    // Interfaces
    case loopback, wireless, any, down, upNotRunning, disconnected, packetRate, notPermitted, isDown, vanished
    case noMonitorMode, noLinkType, unknownInterface, waysToPermission, loopbackHint, noInterfaces
    // Captures
    case capturing, progress, ended, endedMany, dropped, droppedByInterface, wrongFilter, noneLeft, ftpOnly, endedOfSeen
    case endedUnwritten, fellBehind, share, others

    var phrase: Phrase {
        switch self {
        case .loopback: Phrase(en: "loopback: this machine to itself", zh: "环回：本机与自身的通信")
        case .wireless: Phrase(en: "wireless", zh: "无线")
        case .any: Phrase(en: "every interface at once", zh: "同时抓取所有接口")
        case .down: Phrase(en: "down", zh: "未启用")
        case .upNotRunning: Phrase(en: "up, but nothing is plugged in", zh: "已启用，但没有接线")
        case .disconnected: Phrase(en: "up, but not connected", zh: "已启用，但未连接")
        case .packetRate: Phrase(en: "{0} packets/s", zh: "每秒 {0} 包")
        case .notPermitted: Phrase(en: "you may not capture here", zh: "没有在此抓包的权限")
        case .isDown:
            Phrase(
                en: "the interface is down: bring it up with: ip link set {0} up", zh: "接口未启用：请执行 ip link set {0} up")
        case .vanished: Phrase(en: "the interface is gone", zh: "接口已消失")
        case .noMonitorMode: Phrase(en: "the interface has no monitor mode", zh: "该接口没有监听模式")
        case .noLinkType:
            Phrase(
                en: "the interface has no frames of link type {0}; wharf capture -L lists those it has",
                zh: "该接口没有链路类型 {0} 的帧；wharf capture -L 可列出可用的类型")
        case .unknownInterface:
            Phrase(en: "there is no such interface; wharf interfaces lists them", zh: "没有这个接口；wharf interfaces 可列出所有接口")
        case .waysToPermission:
            Phrase(
                en:
                    "Give the program the right once: sudo setcap cap_net_raw,cap_net_admin=eip {0}  or run it with sudo.",
                zh: "一次性授权：sudo setcap cap_net_raw,cap_net_admin=eip {0}  或用 sudo 运行。")
        case .loopbackHint:
            Phrase(
                en: "An FTP server runs on this machine (port {0}). Clients on this very machine reach it through {1}: "
                    + "their packets are on no other interface.",
                zh: "本机正在运行 FTP 服务器（端口 {0}）。同一台机器上的客户端经由 {1} 访问它：数据包不会出现在其他接口上。")
        case .noInterfaces: Phrase(en: "no interface can be captured on", zh: "没有可以抓包的接口")
        case .capturing: Phrase(en: "capturing on {0}", zh: "正在 {0} 上抓包")
        case .progress: Phrase(en: "{0} frames, {1}", zh: "{0} 帧，{1}")
        case .ended: Phrase(en: "{0} frames in {1}", zh: "{0} 帧，写入 {1}")
        case .endedMany: Phrase(en: "{0} frames in {1} files; the last one is {2}", zh: "{0} 帧，写入 {1} 个文件；最后一个是 {2}")
        case .dropped:
            Phrase(
                en: "{0} frames were lost because nobody fetched them in time; a larger buffer (-B) holds more",
                zh: "{0} 帧因未及时取走而丢失；更大的缓冲区（-B）可容纳更多")
        case .droppedByInterface: Phrase(en: "{0} frames were lost by the interface", zh: "{0} 帧被接口丢失")
        case .wrongFilter: Phrase(en: "the capture filter is wrong here: {0}", zh: "抓包过滤器此处有误：{0}")
        case .ftpOnly:
            Phrase(
                en: "all frames are fetched; kept are those of FTP: connections to port {0}, and what they announce",
                zh: "读取所有帧，只保留 FTP 的帧：到端口 {0} 的连接，以及它们所宣布的数据连接")
        case .endedOfSeen: Phrase(en: "{0} of {1} frames in {2}", zh: "{1} 帧中的 {0} 帧，写入 {2}")
        case .endedUnwritten: Phrase(en: "{0} frames", zh: "{0} 帧")
        case .fellBehind:
            Phrase(
                en: "what is told here lacks some frames: their files were gone before they were read",
                zh: "此处的讲述缺少部分帧：相应文件在读取之前已被移除")
        case .share: Phrase(en: "{0} of {1}", zh: "{1} 的 {0}")
        case .others: Phrase(en: "{0} more", zh: "另有 {0} 个")
        case .noneLeft: Phrase(en: "no interface is left to capture on", zh: "已没有可抓包的接口")
        }
    }

    package func text(_ language: Language, _ arguments: String...) -> String {
        MessageTemplate(phrase[language]).filled(arguments)
    }
}
