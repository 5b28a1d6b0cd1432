/**
 * What Telegram's HTML mode takes, as its manual says it (core.telegram.org/bots/api#html-style), narrowed to what we
 * use: `<b>`, closed before another opens, and the three escapes. Answers the text as it is shown, or null for a refusal.
 */
export function telegramText(html: string): string | null {
  if (!html.isWellFormed()) return null
  let open = false
  let text = ''
  for (const [token] of html.matchAll(/<[^>]*>?|&[^;&<]*;?|[^<&]+/g)) {
    if (token === '<b>' && !open) open = true
    else if (token === '</b>' && open) open = false
    else if (token === '&lt;') text += '<'
    else if (token === '&gt;') text += '>'
    else if (token === '&amp;') text += '&'
    else if (/^[<&]/.test(token) || token.includes('>')) return null
    else text += token
  }
  return open ? null : text
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
}
const TAGS = /^(?:<\/?[pb]>|<a href="tel:11[1345]">|<\/a>)$/

/**
 * A line of the web chat as a browser reads it: only `<p>`, `<b>` and a call of an emergency number, each closed in its
 * order. Answers what it shows, a paragraph after another, or null where anything else stands.
 */
export function webText(html: string): string | null {
  const open: string[] = []
  let text = ''
  for (const [token] of html.matchAll(/<[^>]*>?|&[^;&<]*;?|[^<&]+/g)) {
    if (token.startsWith('&')) {
      const shown = ESCAPES[token]
      if (shown === undefined) return null
      text += shown
    } else if (token.startsWith('<')) {
      const name = /[a-z]+/.exec(token)?.[0] ?? ''
      if (!TAGS.test(token)) return null
      if (token.startsWith('</')) {
        if (open.pop() !== name) return null
        if (name === 'p') text += '\n\n'
      } else if (open.includes(name)) return null
      else open.push(name)
    } else if (/[>"']/.test(token)) return null
    else text += token
  }
  return open.length === 0 ? text.replace(/\n\n$/, '') : null
}
