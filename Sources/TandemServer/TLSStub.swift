#if TLS
struct TLSSettings: Sendable {}
#endif
