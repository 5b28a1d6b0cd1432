import type { Context } from 'hono'

/** The fields of a form as text; empty when the form cannot be read. */
export async function fieldsOf(c: Context): Promise<(name: string) => string> {
  const form: Record<string, unknown> = await c.req.parseBody().catch(() => ({}))
  return (name) => {
    const value = form[name]
    return typeof value === 'string' ? value : ''
  }
}

/** A page number of a list, counted from 1. */
export function pageOf(c: Context): number {
  return Math.min(10_000, Math.max(1, Math.trunc(Number(c.req.query('trang'))) || 1))
}
