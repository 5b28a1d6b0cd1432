import type { Context } from 'hono'

type Parsed = Record<string, string | File | (string | File)[]>

export interface Form {
  one(name: string): string
  all(name: string): readonly string[]
}

/** A form as its fields: missing and unreadable ones are empty, and nothing else comes out. */
export async function readForm(c: Context): Promise<Form> {
  const form: Parsed = await c.req.parseBody({ all: true }).catch(() => ({}))
  const all = (name: string) => {
    const value = Object.hasOwn(form, name) ? form[name] : undefined
    return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')
  }
  return { all, one: (name) => (all(name)[0] ?? '').slice(0, 10_000) }
}
