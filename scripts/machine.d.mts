/** The path of a Chromium: CHROMIUM_PATH, Playwright's own, the system's, or one that this installs. */
export function ensureChromium(): Promise<string>
