import { replaceSetupLink } from '../../src/store/directory.ts'
import { type Account, acceptInvitation, type Hands } from './sign-in.ts'
import { openWhole, type WholeService } from './whole-service.ts'

export interface Office {
  whole: WholeService
  lead: Hands
  leadAccount: Account
  now(): number
  /** Somebody invited by the lead through the pages, in a browser of their own. */
  join(login: string, fields?: Record<string, string>): Promise<{ one: Hands; account: Account }>
}

/** Two points, and a lead above them who is signed in. */
export async function openOffice(publicUrl: string | null = null): Promise<Office> {
  const whole = openWhole(publicUrl)
  const { store, vault } = whole.home.app
  const now = () => whole.home.clock.now
  await store.batch(
    ['p1', 'p2'].map((id) => ({
      sql: 'insert into point (id, body) values (?, ?)',
      params: [
        id,
        JSON.stringify({ id, name: `Điểm ${id}`, address: 'x', phone: null, communes: [], shifts: [], sample: false }),
      ],
    })),
  )
  await replaceSetupLink(store, vault.hashToken('first'))
  const lead = whole.browser()
  const leadAccount = await acceptInvitation(lead, '/desk/setup?token=first', { login: 'chi-hoa', now })
  return {
    whole,
    lead,
    leadAccount,
    now,
    async join(login, fields = {}) {
      const wanted = { roles: 'counsellor', point: 'p1', affiliation: 'y_te', ...fields }
      const page = await lead.ask('/desk/staff/invite', wanted)
      const path = /\/desk\/invitation\?token=[\w-]+/.exec(page.text)![0]
      const one = whole.browser()
      return { one, account: await acceptInvitation(one, path, { login, now }) }
    },
  }
}

/** The id in the list of staff that this pattern finds. */
export const idOf = (office: Office, shown: RegExp) =>
  office.lead.ask('/desk/staff').then(({ text }) => shown.exec(text)![1]!)
/** The first colleague whom the one who looks may change. */
export const MANAGED = /\/desk\/staff\/([\w-]{8,})"/
