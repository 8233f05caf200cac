/** The one policy for WebRTC that the stand-in's Chromium runs under, from its first page on. */
export const ONLY_REAL_TIME_POLICY = 'disable_non_proxied_udp'
