import { describe, expect, it } from 'vitest'
import { webchat } from '../../src/channels/webchat.ts'
import { describesItself } from './contract.ts'
import { webhook } from './platform.ts'

describe('the web chat', () => {
  describesItself(webchat())

  it('has no webhook, and keeps what it sends for the page to show', async () => {
    const page = webchat()
    expect(await page.receive(webhook('x', 'x', '{}'))).toMatchObject({ type: 'refused', status: 400 })
    expect(await page.send('web', 'visitor', { paragraphs: ['Chào bạn'], markup: true, choices: [] })).toEqual({
      type: 'sent',
      externalId: null,
    })
    expect(page.limits.canPush).toBe(false)
  })
})
