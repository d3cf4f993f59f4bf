import FTPProtocol

/// What is said about a display filter, in every language; `{0}`, `{1}` … are filled in.
enum FilterPhrase: CaseIterable, Hashable, Sendable {
    // Logic
    case selects, all, any, oddNumber, not
    // Tests
    case hasProtocol, hasField, hasComputed, nonzero, oneOf, range
    case equal, notEqual, greater, greaterOrEqual, less, lessOrEqual, contains, matches
    case oneValue, everyValue
    // What is asked
    case field, inLayer, bytesOf, slice, named, minus, nowhere, foreign, foreignField
    case upper, lower, length, count, text, greatest, least, magnitude, fraction
    // Types
    case typeLabel, typeProtocol, typeBoolean, typeTime, typeSpan, typeText, typeBytes, typeIPv4, typeIPv6, typeEther
    case typeEUI64, typeFraction, typeObject, typeNumber
    // What surprises
    case remark, remarkAllDiffer, remarkOneDiffers, remarkNot, remarkFlag, remarkTwice, remarkForeign, remarkNever
    case remarkCase
    // Needs
    case needs, needsHeaders, needsSessions, needsStreams, needsFindings, needsDatagrams

    func text(_ language: Language, _ arguments: String...) -> String {
        MessageTemplate(phrase[language]).filled(arguments)
    }
}

extension FilterPhrase {
    var phrase: Phrase {
        switch self {
        case .selects: Phrase(en: "Selects the frames for which", zh: "选出满足以下条件的帧：")
        case .all: Phrase(en: "all of these hold:", zh: "以下各项全部成立：")
        case .any: Phrase(en: "at least one of these holds:", zh: "以下至少一项成立：")
        case .oddNumber:
            Phrase(en: "one of these holds and not both (of more: an odd number):", zh: "以下恰有一项成立（多于两项时：奇数项成立）：")
        case .not: Phrase(en: "this does not hold:", zh: "以下不成立：")
        case .hasProtocol: Phrase(en: "the frame has {0}", zh: "帧中有 {0}")
        case .hasField: Phrase(en: "the frame has {0}, whatever its value", zh: "帧中有 {0}，无论其值是什么")
        case .hasComputed: Phrase(en: "there is {0}", zh: "存在 {0}")
        case .nonzero: Phrase(en: "{0} is not 0", zh: "{0} 不为 0")
        case .oneOf: Phrase(en: "{0} is one of {1}", zh: "{0} 是以下之一：{1}")
        case .range: Phrase(en: "{0} to {1}", zh: "{0} 至 {1}")
        case .equal: Phrase(en: "{0} is {1}", zh: "{0} 等于 {1}")
        case .notEqual: Phrase(en: "{0} is not {1}", zh: "{0} 不等于 {1}")
        case .greater: Phrase(en: "{0} is greater than {1}", zh: "{0} 大于 {1}")
        case .greaterOrEqual: Phrase(en: "{0} is {1} or greater", zh: "{0} 大于或等于 {1}")
        case .less: Phrase(en: "{0} is less than {1}", zh: "{0} 小于 {1}")
        case .lessOrEqual: Phrase(en: "{0} is {1} or less", zh: "{0} 小于或等于 {1}")
        case .contains: Phrase(en: "{0} contains {1}", zh: "{0} 包含 {1}")
        case .matches: Phrase(en: "the regular expression {1} finds something in {0}", zh: "正则表达式 {1} 在 {0} 中有匹配")
        case .oneValue: Phrase(en: "{0}; of several values one is enough", zh: "{0}；有多个值时，一个即可")
        case .everyValue: Phrase(en: "{0}; of several values, for every one", zh: "{0}；有多个值时，每一个都要满足")
        case .field: Phrase(en: "{0} ({1}: {2})", zh: "{0}（{1}：{2}）")
        case .inLayer: Phrase(en: "{0} in layer {1}", zh: "第 {1} 层的 {0}")
        case .bytesOf: Phrase(en: "the bytes of {0}", zh: "{0} 的字节")
        case .slice: Phrase(en: "the bytes [{1}] of {0}", zh: "{0} 的字节 [{1}]")
        case .named: Phrase(en: "{0} ({1})", zh: "{0}（{1}）")
        case .minus: Phrase(en: "minus {0}", zh: "负的 {0}")
        case .nowhere: Phrase(en: "a value that no frame has", zh: "任何帧都没有的值")
        case .foreignField: Phrase(en: "the field {0}, which is not read here", zh: "字段 {0}，此处不解析")
        case .foreign: Phrase(en: "the protocol {0} ({1}), which is not read here", zh: "协议 {0}（{1}），此处不解析")
        case .upper: Phrase(en: "{0} in capitals", zh: "转为大写的 {0}")
        case .lower: Phrase(en: "{0} in small letters", zh: "转为小写的 {0}")
        case .length: Phrase(en: "the length of {0} in bytes", zh: "{0} 的字节长度")
        case .count: Phrase(en: "the number of times that the frame has {0}", zh: "帧中 {0} 出现的次数")
        case .text: Phrase(en: "{0} written as text", zh: "写成文本的 {0}")
        case .greatest: Phrase(en: "the greatest of {0}", zh: "{0} 中最大的")
        case .least: Phrase(en: "the least of {0}", zh: "{0} 中最小的")
        case .magnitude: Phrase(en: "{0} without its sign", zh: "{0} 的绝对值")
        case .fraction: Phrase(en: "{0} as a number with fractions", zh: "转为小数的 {0}")
        case .typeLabel: Phrase(en: "there or not", zh: "有或没有")
        case .typeProtocol: Phrase(en: "a protocol", zh: "协议")
        case .typeBoolean: Phrase(en: "true or false", zh: "真或假")
        case .typeTime: Phrase(en: "a point in time", zh: "时间点")
        case .typeSpan: Phrase(en: "a span of time in seconds", zh: "时长，以秒计")
        case .typeText: Phrase(en: "text", zh: "文本")
        case .typeBytes: Phrase(en: "bytes", zh: "字节序列")
        case .typeIPv4: Phrase(en: "an IPv4 address", zh: "IPv4 地址")
        case .typeIPv6: Phrase(en: "an IPv6 address", zh: "IPv6 地址")
        case .typeEther: Phrase(en: "an Ethernet address", zh: "以太网地址")
        case .typeEUI64: Phrase(en: "an EUI-64 address", zh: "EUI-64 地址")
        case .typeFraction: Phrase(en: "a number with fractions", zh: "小数")
        case .typeObject: Phrase(en: "an object identifier", zh: "对象标识符")
        case .typeNumber: Phrase(en: "a number", zh: "数字")
        case .remark: Phrase(en: "Note: {0}", zh: "注意：{0}")
        case .remarkAllDiffer:
            Phrase(
                en:
                    "!= on {0} wants every value to differ, and selects no frame without the field. For frames in which "
                    + "just one differs, write !==; for all other frames, not {0} == ….",
                zh: "对 {0} 用 != 要求每个值都不同，且不会选出没有该字段的帧。只要有一个值不同请写 !==；"
                    + "要选出其余所有的帧请写 not {0} == …。")
        case .remarkOneDiffers:
            Phrase(
                en:
                    "!== (or ~=) on {0} is met by one value that differs: a frame with two values nearly always has one. "
                    + "For frames in which none is equal, write !=.",
                zh: "对 {0} 用 !==（或 ~=）只要有一个值不同就成立：有两个值的帧几乎总是满足。要求没有一个值相等请写 !=。")
        case .remarkNot:
            Phrase(en: "with not, frames without {0} are selected too.", zh: "用 not 时，没有 {0} 的帧也会被选出。")
        case .remarkFlag:
            Phrase(
                en: "{0} alone asks whether the field is there, and not whether it is set: write {0} == True for that.",
                zh: "单独写 {0} 问的是该字段是否存在，而不是它是否置位：后者请写 {0} == True。")
        case .remarkTwice:
            Phrase(
                en: "two comparisons of {0} may be met by two different values. For one value between two ends, write "
                    + "{0} in {1}.",
                zh: "对 {0} 的两个比较可能由两个不同的值分别满足。要求同一个值在两端之间，请写 {0} in {1}。")
        case .remarkForeign:
            Phrase(
                en: "{0} is the name of a protocol, as in Wireshark. For bytes write :{0}, for text \"{0}\".",
                zh: "与 Wireshark 一样，{0} 是一个协议的名称。字节请写 :{0}，文本请写 \"{0}\"。")
        case .remarkNever:
            Phrase(
                en: "one side is a value that no frame has: this never holds.", zh: "有一侧是任何帧都没有的值：此项永不成立。")
        case .remarkCase:
            Phrase(
                en: "matches does not tell capitals from small letters; contains does. (?-i) at the beginning of the "
                    + "expression makes matches tell them apart.",
                zh: "matches 不区分大小写，contains 区分。表达式以 (?-i) 开头则 matches 也区分。")
        case .needs: Phrase(en: "Needs {0}.", zh: "需要：{0}。")
        case .needsHeaders: Phrase(en: "the headers of each frame, and nothing else", zh: "只需每一帧的首部")
        case .needsSessions:
            Phrase(en: "the FTP sessions read, to tell what connections carry", zh: "读出 FTP 会话，以判断连接承载的内容")
        case .needsStreams: Phrase(en: "the TCP streams followed", zh: "跟踪 TCP 流")
        case .needsFindings: Phrase(en: "what is remarkable about the TCP streams", zh: "TCP 流中的异常")
        case .needsDatagrams: Phrase(en: "the exchanges of UDP datagrams told apart", zh: "区分 UDP 数据报的往来")
        }
    }
}
