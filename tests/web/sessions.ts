import { newVersion } from '../../src/app/accounts.ts'
import type { App } from '../../src/app/app.ts'
import { startSession } from '../../src/app/sign-in.ts'
import type { StaffMember } from '../../src/engine/staff.ts'
import { placingStaff } from '../../src/store/directory.ts'

let serial = 0

/** The cookie of somebody who signed in with both factors, without the pages: for tests of what comes after. */
export async function sessionCookie(app: App, member: StaffMember): Promise<string> {
  serial += 1
  await app.store.batch([
    ...placingStaff(member, newVersion(app)),
    {
      sql: 'insert into credential (staff, login, password, invitation, totp) values (?, ?, ?, ?, ?) on conflict do nothing',
      params: [member.id, `${member.id}-${serial}`, 'none', `none-${serial}`, Buffer.from([1])],
    },
  ])
  const from = { address: null, device: 'test' }
  return `desk=${await startSession(app, member, from, 'sign_in', { secondAt: app.now() })}`
}
