import { type Account, acceptInvitation, type Hands, hands } from '../web/sign-in.ts'
import type { Running } from './service.ts'

/** A member of staff with a browser that has no script: pages, forms and one cookie jar. */
export interface DeskVisit {
  read(path: string): Promise<string>
  /** Sends the form whose action matches, with its hidden fields. */
  submit(page: string, action: RegExp, fields?: Readonly<Record<string, string>>): Promise<string>
}

/** Makes the first account with the one-time link that the first start prints, and opens the desk. */
export async function openDesk(service: Running): Promise<DeskVisit> {
  const { one } = await openFirstAccount(service)

  async function ask(path: string, fields?: Readonly<Record<string, string>>): Promise<string> {
    const answer = await one.ask(path, fields)
    if (answer.location !== null) return ask(answer.location.replace(/#.*/, ''))
    if (answer.status !== 200)
      throw new Error(`${path.replace(/token=.*/, 'token=…')}: ${answer.status}\n${answer.text}`)
    return answer.text
  }

  return {
    read: (path) => ask(path),
    submit(page, action, fields = {}) {
      const form = formIn(page, action)
      return ask(form.action, { ...form.hidden, ...fields })
    },
  }
}

/** A browser that holds the first account of a service, signed in through its pages. */
export async function openFirstAccount(
  service: Pick<Running, 'origin' | 'setupPath'>,
): Promise<{ one: Hands; account: Account }> {
  const setup = service.setupPath()
  if (setup === null) throw new Error('the service printed no set-up link')
  const one = hands((path, init) => fetch(service.origin + path, init))
  return { one, account: await acceptInvitation(one, setup) }
}

function formIn(page: string, wanted: RegExp): { action: string; hidden: Record<string, string> } {
  for (const [, attributes = '', inside = ''] of page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
    const action = attribute(attributes, 'action')
    if (action === null || !wanted.test(action)) continue
    const inputs = [...inside.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([input]) => input)
    return {
      action,
      hidden: Object.fromEntries(
        inputs.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
      ),
    }
  }
  throw new Error(`no form with an action like ${wanted}`)
}

function attribute(text: string, name: string): string | null {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? null
}
