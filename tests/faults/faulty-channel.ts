import type { Channel, Delivery } from '../../src/channels/channel.ts'
import { type Call, LEASE_MS, type Life, never, type Row, type Stage } from './stage.ts'

type Manner = 'sent' | 'slow' | 'timeout' | 'lost' | '429' | '502' | 'blocked' | 'crash'
const FAULTS: readonly Manner[] = ['slow', 'slow', 'timeout', 'lost', '429', '502', 'crash', 'crash', 'blocked']

/**
 * A platform that fails on purpose, as one process sees it: it is unsure, asks to wait, refuses, answers late, or the
 * process dies while the call is on its way. `rowOf` tells which outbox row a call is made for.
 */
export function faultyChannel(
  life: Life,
  stage: Stage,
  rowOf: (handle: string) => { handle: string; row: Row },
): Channel {
  return {
    name: 'telegram',
    bots: ['telegram'],
    limits: { textLength: 4096, buttons: true, canPush: true, canDelete: false, voice: false },
    receive: async () => ({ type: 'refused', status: 400, message: 'a fake has no webhook' }),
    async send(_, marked, part) {
      if (life.over) return never()
      stage.moved += 1
      const { handle, row } = rowOf(marked)
      const faulty = stage.random.chance(stage.channelFaults) ? stage.random.pick(FAULTS) : 'sent'
      const manner = stage.unpromptedHangs && row.lane === 2 ? 'slow' : faulty
      const call: Call = {
        handle,
        row,
        by: life,
        text: part.paragraphs.join('\n\n'),
        externalId: String(stage.calls.length + 1),
        reached: reaches(manner, stage),
        answer: null,
        noted: false,
        leaseUntil: stage.clock.now + LEASE_MS,
        causes: new Set(),
      }
      stage.calls.push(call)
      if (manner !== 'sent') stage.faults += 1
      if (manner === 'crash') {
        stage.kill(life)
        return never()
      }
      if (manner === 'slow') await new Promise<void>((answer) => stage.slow.push({ life, answer }))
      if (life.over) return never()
      stage.moved += 1
      const delivery = deliveryOf(manner, call, stage)
      call.answer = delivery.type
      if (delivery.type === 'uncertain') call.causes.add('timeout')
      if (delivery.type === 'retry') call.causes.add('later')
      return delivery
    },
  }
}

function reaches(manner: Manner, { random }: Stage): boolean {
  switch (manner) {
    case 'sent':
    case 'slow':
    case 'timeout':
      return true
    case 'crash':
      return random.chance(0.5)
    case 'lost':
    case '429':
    case '502':
    case 'blocked':
      return false
    default:
      return manner satisfies never
  }
}

function deliveryOf(manner: Exclude<Manner, 'crash'>, call: Call, { clock, random }: Stage): Delivery {
  switch (manner) {
    case 'sent':
    case 'slow':
      return { type: 'sent', externalId: call.externalId }
    case 'timeout':
    case 'lost':
      return { type: 'uncertain', reason: 'timeout' }
    case '429':
      return { type: 'retry', notBefore: clock.now + random.below(30_000), reason: '429' }
    case '502':
      return { type: 'retry', notBefore: 0, reason: '502' }
    case 'blocked':
      return { type: 'failed', reason: 'blocked' }
    default:
      return manner satisfies never
  }
}
