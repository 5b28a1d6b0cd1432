import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/**
 * A browser that comes from npm alone. It unpacks itself to a fixed name and would reuse another run's stale copy, so
 * it gets a directory of its own; its own default arguments weaken the browser, so they are not used.
 */
export async function openBrowser(
  more: readonly string[] = [],
): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const home = process.env.TMPDIR
  const own = await mkdtemp(join(tmpdir(), 'dong-hanh-browser-'))
  process.env.TMPDIR = own
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    const executablePath = await packed.executablePath()
    await writeFile(join(own, 'fonts.conf'), fontsIn(own))
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--headless=shell', '--disable-gpu', ...more],
      env: { ...process.env, TMPDIR: own, FONTCONFIG_FILE: join(own, 'fonts.conf') } as Record<string, string>,
    })
    const close = async () => {
      await browser.close()
      await rm(own, { recursive: true, force: true })
    }
    return { browser, close }
  } finally {
    if (home === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = home
  }
}

/** The packed font first, on every machine, so that pictures and widths compare; the machine's own fonts fill its gaps. */
function fontsIn(own: string): string {
  const prefer = (family: string) =>
    `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${join(own, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(own, 'fonts-cache')}</cachedir>
${['system-ui', 'sans-serif'].map(prefer).join('')}</fontconfig>`
}
