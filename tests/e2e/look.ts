import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export const SCREENS = 'artifacts/screens'
export const PHONE = { width: 360, height: 740 }
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * A picture of a page at both widths; nothing on it is wider than the screen or a barrier.
 * @param scripted without a script only the pictures are taken
 */
export async function look(one: Page, name: string, scripted = true): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  for (const width of [360, 1440]) {
    await one.setViewportSize({ width, height: 740 })
    await one.screenshot({ path: `${SCREENS}/${name}-${width}.png`, fullPage: true })
    if (!scripted) continue
    const wide = await one.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
    expect([name, width, wide]).toEqual([name, width, false])
    const found = (await one.evaluate(`(async () => { ${AXE}; return await axe.run() })()`)) as AxeResults
    const barriers = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect([name, ...barriers.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)]).toEqual([name])
  }
  await one.setViewportSize(PHONE)
}
