import type { Running } from './service.ts'

/** A member of staff with a browser that has no script: pages, forms and one cookie jar. */
export interface DeskVisit {
  read(path: string): Promise<string>
  /** Sends the form whose action matches, with its hidden fields. */
  submit(page: string, action: RegExp, fields?: Readonly<Record<string, string>>): Promise<string>
}

/** Opens the desk with the one-time link that the first start prints. */
export async function openDesk(service: Running): Promise<DeskVisit> {
  const cookies = new Map<string, string>()

  async function ask(path: string, init: RequestInit = {}): Promise<string> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...init.headers }
    const response = await fetch(service.origin + path, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const next = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && next !== null) return ask(next.replace(/#.*/, ''))
    const page = await response.text()
    if (!response.ok)
      throw new Error(`${init.method ?? 'GET'} ${path.replace(/token=.*/, 'token=…')}: ${response.status}\n${page}`)
    return page
  }

  const visit: DeskVisit = {
    read: (path) => ask(path),
    submit(page, action, fields = {}) {
      const form = formIn(page, action)
      const body = new URLSearchParams({ ...form.hidden, ...fields }).toString()
      return ask(form.action, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    },
  }
  const setup = service.setupPath()
  if (setup === null) throw new Error('the service printed no set-up link')
  await visit.submit(await visit.read(setup), /setup/)
  return visit
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
