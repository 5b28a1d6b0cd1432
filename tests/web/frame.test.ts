import { describe, expect, test } from 'vitest'
import { waysOf } from '../../src/web/pages/ways.ts'
import { openDeskHouse, STAFF } from './desk-house.ts'

const linksIn = (html: string) => [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href)

describe('the bar of the desk', () => {
  test('has what a day turns around in sight, and everything else that is open to the reader under one word', async () => {
    const { text } = await openDeskHouse().as('lan').read('/desk')
    const [daily, rest] = text.split('<details class="rest">').map((part) => part.split('</nav>')[0]!)
    expect(linksIn(daily!.split('<nav')[1]!)).toHaveLength(5)
    expect([...linksIn(daily!.split('<nav')[1]!), ...linksIn(rest!)]).toEqual(
      waysOf(STAFF.find(({ id }) => id === 'lan')!).map(({ href }) => href),
    )
  })

  test('hides nothing from whoever has few pages', async () => {
    const { text } = await openDeskHouse().as('chu').read('/desk/clb')
    expect(text).not.toContain('class="rest"')
    for (const { href } of waysOf(STAFF.find(({ id }) => id === 'chu')!)) expect(text).toContain(`href="${href}"`)
  })
})
