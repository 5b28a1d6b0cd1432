import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Channel, Delivery, Part } from '../../src/channels/channel.ts'
import type { Settings } from './platform.ts'
import {
  answerOnce,
  answerTextOnce,
  arrivalOf,
  closedPort,
  countCalls,
  distorted,
  interceptApi,
  NOW,
  notBefore,
  settings,
  webhook,
  withServer,
} from './platform.ts'

/** What the contract must know about a platform to try its channel. */
export interface Platform {
  make(settings: Settings): Channel
  token: string
  secret: string
  secretHeader: string
  /** Bodies of webhooks. */
  text(words: string): unknown
  photo(caption: string): unknown
  inGroup(words: string): unknown
  /** Answers of the API to a message. */
  accepted(messageId: string): object
  refused(code: number): object
}

const PART: Part = {
  paragraphs: ['Chào **bạn**.', 'Bạn muốn gì?'],
  markup: true,
  choices: [
    { data: '3.gap', label: 'Gặp tư vấn viên' },
    { data: '3.doc', label: 'Đọc thêm' },
  ],
}

/** The promises every channel that has a webhook and an API keeps. */
export function keepsTheContract(platform: Platform): void {
  const channel = platform.make(settings())
  const post = (body: unknown, secret: string | null = platform.secret, to = channel) =>
    to.receive(webhook(platform.secretHeader, secret, typeof body === 'string' ? body : JSON.stringify(body)))
  const send = (changes: Partial<Settings> = {}, part = PART) =>
    platform.make(settings(changes)).send(channel.bots[0]!, '42', part)

  describe('receiving', () => {
    it.each([
      ['a wrong', 'x'.repeat(43)],
      ['an empty', ''],
      ['no', null],
    ])('refuses %s secret before it reads the body', async (_, secret) => {
      const request = webhook(platform.secretHeader, secret, '{not json')
      expect(await channel.receive(request)).toMatchObject({ type: 'refused', status: 401 })
      expect(request.bodyUsed).toBe(false)
    })

    it('refuses a secret that only begins like ours', async () => {
      expect(await post(platform.text('chào'), platform.secret.slice(0, -1))).toMatchObject({ status: 401 })
      expect(await post(platform.text('chào'), `${platform.secret}x`)).toMatchObject({ status: 401 })
    })

    it.each(['{not json', 'null', '"text"', '12'])('refuses %s as malformed', async (body) => {
      expect(await post(body)).toMatchObject({ type: 'refused', status: 400 })
    })

    it('refuses a body that is too large, whatever length it claims', async () => {
      expect(await post(platform.text('a'.repeat(1_100_000)))).toMatchObject({ type: 'refused', status: 413 })
    })

    it('hands on what a person wrote, unchanged', async () => {
      const words = 'em mệt quá <b>\n **không** ngủ được 😔'
      expect(arrivalOf(await post(platform.text(words))).event).toEqual({ type: 'message', text: words })
    })

    it('names the bot, the chat and an instant in milliseconds', async () => {
      const receipt = await post(platform.text('chào'))
      expect(receipt).toMatchObject({ type: 'accepted', bot: channel.bots[0] })
      expect(arrivalOf(receipt).handle).toMatch(/^\S+$/)
      expect(new Date(arrivalOf(receipt).at).getUTCFullYear()).toBeGreaterThan(2020)
      expect(new Date(arrivalOf(receipt).at).getUTCFullYear()).toBeLessThan(2100)
    })

    it('gives a redelivery the same key, and the same words said twice two keys', async () => {
      const first = platform.text('1')
      const keys = [first, first, platform.text('1')].map(async (body) => arrivalOf(await post(body)).key)
      const [original, redelivered, repeated] = await Promise.all(keys)
      expect(redelivered).toBe(original)
      expect(repeated).not.toBe(original)
    })

    it('keeps the words under a picture', async () => {
      const { event } = arrivalOf(await post(platform.photo('đây là vết thương')))
      expect(event).toEqual({ type: 'message', text: 'đây là vết thương', media: 'photo' })
    })

    it('does not counsel in a group, and leaves nothing of it behind', async () => {
      expect(await post(platform.inGroup('tôi muốn chết'))).toMatchObject({ type: 'accepted', arrivals: [] })
    })

    it('never fails on a body of any shape', async () => {
      const strange = fc.oneof(fc.jsonValue(), distorted(platform.text('chào')), distorted(platform.photo('chào')))
      await fc.assert(
        fc.asyncProperty(strange, async (body) => {
          const receipt = await post(body === undefined ? '' : JSON.stringify(body))
          expect(receipt.type === 'accepted' || receipt.status === 400).toBe(true)
        }),
        { numRuns: 200 },
      )
    })
  })

  describe('sending', () => {
    interceptApi()

    it('tells the platform’s id of what was sent', async () => {
      answerOnce(platform.accepted('981'), 200)
      expect(await send()).toEqual({ type: 'sent', externalId: '981' })
    })

    it('does not try a text that is too long', async () => {
      const calls = countCalls()
      const paragraphs = ['a'.repeat(channel.limits.textLength + 1)]
      expect(await send({}, { paragraphs, markup: false, choices: [] })).toEqual({ type: 'failed', reason: 'too_long' })
      expect(calls()).toBe(0)
    })

    it('sends a text that is exactly as long as allowed', async () => {
      answerOnce(platform.accepted('1'), 200)
      const paragraphs = ['ạ'.repeat(channel.limits.textLength)]
      expect(await send({}, { paragraphs, markup: false, choices: [] })).toMatchObject({ type: 'sent' })
    })

    it.each([200, 401])('gives up and says why when the token is wrong (HTTP %i)', async (status) => {
      answerOnce(platform.refused(401), status)
      expect(await send()).toEqual({ type: 'failed', reason: 'unauthorised' })
    })

    it('gives up on a request the platform does not accept', async () => {
      answerOnce(platform.refused(400), 400)
      expect(await send()).toEqual({ type: 'failed', reason: 'refused' })
    })

    it.each([429, 500, 502, 503])('tries again later after %i', async (code) => {
      answerOnce(platform.refused(code), code)
      const delivery = await send()
      expect(delivery.type).toBe('retry')
      expect(notBefore(delivery)).toBeGreaterThan(NOW)
    })

    it('tries again when a gateway answers with a page', async () => {
      answerTextOnce('<h1>Bad gateway</h1>', 502)
      expect(await send()).toMatchObject({ type: 'retry', reason: '502' })
    })

    it('does not bring all held messages back at the same instant', async () => {
      const waits = []
      for (const random of [0, 0.5, 0.99]) {
        answerOnce(platform.refused(500), 500)
        waits.push(notBefore(await send({ random: () => random })))
      }
      expect(new Set(waits).size).toBe(3)
    })

    it('is uncertain when the answer of success cannot be read', async () => {
      answerTextOnce('{"ok":tr', 200)
      expect(await send()).toMatchObject({ type: 'uncertain' })
    })

    it('never puts the token into a delivery', async () => {
      const deliveries: Delivery[] = []
      for (const code of [400, 401, 429, 500]) {
        answerOnce({ ...platform.refused(code), description: `https://x/bot${platform.token}/sendMessage` }, code)
        deliveries.push(await send())
      }
      deliveries.push(await send({ apiRoot: 'no url' }))
      expect(JSON.stringify(deliveries)).not.toContain(platform.token)
    })
  })

  describe('sending over a real connection', () => {
    it('tries again when nothing listens: the message cannot have left', async () => {
      expect(await send({ apiRoot: await closedPort() })).toMatchObject({ type: 'retry' })
    })

    it('is uncertain when the answer does not come in time', async () => {
      await withServer('hang', async (apiRoot) => {
        expect(await send({ apiRoot, timeoutMs: 30 })).toMatchObject({ type: 'uncertain' })
      })
    })

    it('is uncertain when the connection breaks after the message was handed over', async () => {
      await withServer('reset', async (apiRoot) => {
        expect(await send({ apiRoot })).toMatchObject({ type: 'uncertain' })
      })
    })
  })
}

/** The promises of every channel, with or without a webhook. */
export function describesItself(channel: Channel): void {
  it('has at least one bot, each named once, and room for a message', () => {
    expect(channel.bots.length).toBeGreaterThan(0)
    expect(new Set(channel.bots).size).toBe(channel.bots.length)
    expect(channel.limits.textLength).toBeGreaterThanOrEqual(1000)
  })
}
