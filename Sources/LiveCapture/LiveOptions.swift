package import CaptureFile

/// How an interface is to be captured on.
package struct LiveOptions: Hashable, Sendable {
    /// Bytes kept of a frame; libpcap's most is 262 144.
    package var snapLength: Int32 = 262_144
    /// Whether frames for other stations are taken too.
    package var isPromiscuous = true
    /// Whether all of a radio channel is, with its radio headers.
    package var isMonitor = false
    /// Bytes of the kernel's buffer. libpcap's own choice, 2 MiB, holds a few milliseconds of a fast transfer.
    package var bufferSize: Int32 = 16 << 20
    /// Whether frames are handed over as they come, not when a buffer is full or some time has passed.
    package var isImmediate = false
    /// The link type that frames have; nil for the interface's own.
    package var linkType: LinkType?
    /// Milliseconds after which frames are handed over that do not fill a buffer.
    package var timeout: Int32 = 100

    package init() {}
}
