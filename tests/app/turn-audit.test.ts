import { describe, expect, test } from 'vitest'
import { internal } from '../../src/app/handle.ts'
import type { StaffAction } from '../../src/engine/conversation.ts'
import { verifyAudit } from '../../src/store/audit-verify.ts'
import { load } from '../../src/store/load.ts'
import { audit } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { openApp, type SmallApp } from './small-app.ts'

const people = Array.from({ length: 12 }, (_, i) => `chat-${i}`)

async function waiting(): Promise<SmallApp> {
  const small = openApp()
  for (const handle of people) await small.say(handle, 'gặp người')
  return small
}

/** A click of a member of staff, with what the audit is to say of it. */
function click({ app, contact }: SmallApp, handle: string, key: string, action: StaffAction, staff = 'lan') {
  const note = {
    staff,
    at: app.now(),
    action: `ticket.${action.type}`,
    contact: contact(handle),
    about: null,
    point: null,
    source: null,
  }
  return internal(app, contact(handle), key, { type: 'staff', by: staff, action }, { note })
}

const rows = async ({ app }: SmallApp) =>
  (await allOf(app.store, audit)).map(({ staff, action, contact }) => `${staff} ${action} ${contact?.slice(0, 6)}`)

describe('a turn that a member of staff makes', () => {
  test('is noted once for each of many at once, however they collide, and the chain holds', async () => {
    const small = await waiting()
    const clicks = people.flatMap((handle) =>
      ['lan', 'hoa'].map((staff) => click(small, handle, `${handle}-${staff}`, { type: 'take' }, staff)),
    )
    expect(await Promise.all(clicks)).toEqual(clicks.map(() => 'committed'))
    const noted = await rows(small)
    expect(noted.filter((row) => row.includes('ticket.take'))).toHaveLength(people.length)
    // Of two who took the same, one was refused, and that is noted too.
    expect(noted.filter((row) => row.includes('refused'))).toHaveLength(people.length)
    expect(await verifyAudit(small.app.store, small.app.vault)).toMatchObject({ rows: 24, chains: 2, flaws: [] })
    for (const handle of people) {
      const holder = (await load(small.app.store, small.contact(handle))).conversation.ticket?.heldBy
      expect(noted).toContain(`${holder} ticket.take ${small.contact(handle).slice(0, 6)}`)
    }
  })

  test('sent twice is noted once', async () => {
    const small = await waiting()
    await click(small, people[0]!, 'one', { type: 'take' })
    expect(await click(small, people[0]!, 'one', { type: 'take' })).toBe('duplicate')
    expect(await rows(small)).toHaveLength(1)
  })

  test('that could not be written leaves no claim, and one that cannot be noted does not happen', async () => {
    const small = await waiting()
    small.database.database.exec("create trigger no_audit before insert on audit begin select raise(abort, 'no'); end")
    await expect(click(small, people[0]!, 'one', { type: 'take' })).rejects.toThrow()
    expect((await load(small.app.store, small.contact(people[0]!))).conversation.ticket?.heldBy).toBeNull()
    small.database.database.exec('drop trigger no_audit')
    small.database.database.exec("create trigger no_event before insert on event begin select raise(abort, 'no'); end")
    await expect(click(small, people[0]!, 'two', { type: 'take' })).rejects.toThrow()
    expect(await rows(small)).toEqual([])
  })
})
