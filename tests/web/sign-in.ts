import { generate } from 'otplib'

/** A browser without a script, whatever carries its requests: pages, forms and one cookie jar. */
export interface Hands {
  /** Asks without following redirects, with the cookies it was given so far. */
  ask(
    path: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; text: string; location: string | null }>
  cookie(): string
  /** Puts a cookie away, as another browser would not have it. */
  forget(name: RegExp): void
}

export function hands(
  carry: (path: string, init: RequestInit) => Promise<Response> | Response,
  extra: Readonly<Record<string, string>> = {},
): Hands {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    cookie,
    forget: (name) => {
      for (const key of jar.keys()) if (name.test(key)) jar.delete(key)
    },
    async ask(path, fields) {
      const headers = { Accept: 'text/html', ...extra, ...(jar.size > 0 ? { Cookie: cookie() } : {}) }
      const body = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}
      const response = await carry(path, { ...body, headers, redirect: 'manual' })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      return { status: response.status, text: await response.text(), location: response.headers.get('location') }
    },
  }
}

export interface Account {
  login: string
  password: string
  /** The secret the phone keeps, once there is one. */
  secret: string | null
  codes: readonly string[]
}

export const codeOf = (secret: string, now = Date.now()) => generate({ secret, epoch: Math.floor(now / 1000) })

let serial = 0

/** Accepts an invitation, and sets up the second factor where the account is asked for it: signed in at the end. */
export async function acceptInvitation(
  one: Hands,
  path: string,
  { now = Date.now, ...given }: { login?: string; password?: string; now?: () => number } = {},
): Promise<Account> {
  const { login = `can-bo-${++serial}`, password = 'mái nhà bên suối' } = given
  const at = path.replace('/desk/setup?', '/desk/invitation?')
  const page = await one.ask(at)
  const token = hiddenIn(page.text, 'token')
  const affiliation = page.text.includes('name="affiliation"') ? { affiliation: 'y_te' } : {}
  const made = await one.ask('/desk/invitation', { token, login, password, shown_as: 'Lan', ...affiliation })
  if (made.status !== 303) throw new Error(`the invitation was answered with ${made.status}`)
  const desk = await one.ask('/desk')
  if (desk.location !== '/desk/account/second-factor') return { login, password, secret: null, codes: [] }
  return { login, password, ...(await setUpSecond(one, now)) }
}

export async function setUpSecond(one: Hands, now: () => number = Date.now) {
  const { text } = await one.ask('/desk/account/second-factor')
  const secret = /secret=([A-Z2-7]+)/.exec(text)![1]!
  const sent = { sealed: hiddenIn(text, 'sealed'), code: await codeOf(secret, now()) }
  const codes = await one.ask('/desk/account/second-factor', sent)
  if (codes.status !== 200) throw new Error(`the second factor was answered with ${codes.status}`)
  return {
    secret,
    codes: [...codes.text.matchAll(/<code>([a-z0-9]{5}-[a-z0-9]{5})<\/code>/g)].map((found) => found[1]!),
  }
}

/** Signs in through the pages, as far as the pages let it. */
export async function signIn(one: Hands, { login, password }: Pick<Account, 'login' | 'password'>, next = '/desk') {
  return one.ask('/desk/sign-in', { login, password, next })
}

function hiddenIn(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
}
