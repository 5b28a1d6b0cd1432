// @ts-check
/**
 * Makes the chat page live; it is complete without. Nothing is stored on the device or parsed as HTML; the syntax is
 * what a 2018 Android browser knows.
 *
 * @typedef {{ id: string, label: string }} Choice
 * @typedef {{ id: string, from: 'bot' | 'human' | 'you', text: string, choices?: Choice[], voice?: boolean, at: number }} Line
 * @typedef {{ text: string, bold: boolean, call: boolean }} Segment
 * @typedef {{ id: string, text?: string, choice?: string, shown: string, item: HTMLElement, note: HTMLElement, state: State }} Pending
 * @typedef {'sending' | 'sent' | 'failed'} State
 */

const BOLD = /\*\*([^*]+)\*\*/
const NUMBERS = /(\d+(?:[ .,/-]\d+)*)/
const EMERGENCY = /^11[1345](?:[ .,/-]11[1345])*$/
const NO_CALL_AFTER = /[^\s(“"‘'.,:;/–-]$|(?:điều|khoản|mục|luật)\s*$/i
const NO_CALL_BEFORE = /^(?:[\p{L}_%]|\s*(?:%|nghìn|ngàn|triệu|tỷ|đồng|người|ngày|giờ|phút|mg|ml)(?!\p{L}))/iu

/**
 * The twin of `segments` in pages/line-text.ts; a test holds the two together.
 * @param {string} text
 * @param {boolean} markup
 */
export function segments(text, markup) {
  /** @type {Segment[]} */
  const found = []
  const parts = markup ? text.split(BOLD) : [text]
  parts.forEach((part, i) => {
    const runs = part.split(NUMBERS)
    runs.forEach((run, j) => {
      const call =
        EMERGENCY.test(run) && !NO_CALL_AFTER.test(runs[j - 1] || '') && !NO_CALL_BEFORE.test(runs[j + 1] || '')
      const pieces = call ? run.split(/([ .,/-])/) : [run]
      pieces.forEach((piece, k) => {
        if (piece) found.push({ text: piece, bold: i % 2 === 1, call: call && k % 2 === 0 })
      })
    })
  })
  return found
}

const HOURS_AHEAD_OF_UTC = 7 * 3600000
const TEN_MINUTES = 600000
const RETRY_AFTER = [2000, 5000]
const PATIENCE = 20000

/**
 * @param {string} tag
 * @param {Object<string, string>} properties
 * @param {(Node | string)[]} children
 */
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

/** @param {Segment} segment */
function inline(segment) {
  const node = segment.call ? element('a', { href: `tel:${segment.text}` }, segment.text) : segment.text
  return segment.bold ? element('b', {}, node) : node
}

const WHO = { bot: 'Máy trả lời', human: 'Người tư vấn', you: 'Bạn' }

/** @param {Line} line @param {Element | null} before */
function lineItem(line, before) {
  const clock = new Date(line.at + HOURS_AHEAD_OF_UTC).toISOString().slice(11, 16)
  const time = element('time', { dateTime: new Date(line.at).toISOString() }, clock)
  const earlier = before ? before.querySelector(`.${line.from} time`) : null
  const next = earlier && line.at - Date.parse(earlier.getAttribute('datetime') || '') < TEN_MINUTES
  const paragraphs = line.text.split(/\n{2,}/).map((text) => {
    return element('p', {}, ...(line.from === 'you' ? [text] : segments(text, line.from === 'bot').map(inline)))
  })
  const className = `line ${line.from}${next ? ' next' : ''}`
  const who = element('p', { className: 'who' }, `${WHO[line.from]} `, time)
  const text = element('div', { className: 'text' }, ...paragraphs)
  if (line.voice) {
    const sound = element('audio', { src: `/chat/voice/${line.id}`, preload: 'none' })
    sound.setAttribute('controls', '')
    text.append(sound)
  }
  return element('li', { className }, who, text)
}

/** A random version 4 uuid; `crypto.randomUUID` is younger than many phones. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-')
}

/**
 * Leaves at once and leaves no way back: the screen is emptied before the network is asked for anything.
 * @param {HTMLElement} form
 */
function leave(form) {
  document.body.textContent = ''
  const gone = fetch('/chat/leave', { method: 'POST', credentials: 'same-origin', keepalive: true, redirect: 'manual' })
  gone.catch(() => {})
  location.replace(form.getAttribute('data-to') || '/')
}

/** @param {HTMLElement} form */
function watchForLeaving(form) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    leave(form)
  })
  let escapedAt = 0
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || event.repeat) return
    if (Date.now() - escapedAt < 1500) leave(form)
    escapedAt = Date.now()
  })
  // The history keeps one entry for the whole site, so that Back after leaving finds none of its pages.
  document.addEventListener('click', (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest('a[href^="/"]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    location.replace(link.getAttribute('href') || '/')
  })
}

/** @param {HTMLElement} main */
function openChat(main) {
  const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id))
  const log = find('log')
  const list = /** @type {HTMLElement} */ (log.firstElementChild)
  const choices = find('choices')
  const trouble = find('trouble')
  const newer = find('newer')
  const text = /** @type {HTMLTextAreaElement} */ (find('text'))
  const more = document.getElementById('more')
  const formId = choices.firstElementChild

  /** @type {Pending[]} */
  const pending = []
  const seen = new Set(Array.from(list.children, (item) => item.getAttribute('data-id')))
  let after = main.getAttribute('data-after') || ''
  /** @type {EventSource | null} */
  let source = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let worry
  let backoff = 3000
  let open = main.getAttribute('data-open') === 'yes'
  /** One message at a time: the first answer brings the cookie that the second needs. */
  let queue = Promise.resolve()

  const atEnd = () => innerHeight + pageYOffset > document.documentElement.scrollHeight - 120
  /** A long card shows its beginning: the number to call. */
  function toEnd(last = list.lastElementChild) {
    if (last) last.scrollIntoView()
  }

  /** @param {Choice[]} offered */
  function offer(offered) {
    choices.textContent = ''
    choices.className = 'choices'
    if (formId) choices.append(formId)
    for (const { id, label } of offered) choices.append(element('button', { name: 'choice', value: id }, label))
  }

  const failed = () => pending.filter((message) => message.state === 'failed')

  /** @param {Pending} message @param {State} state */
  function settle(message, state) {
    if (pending.indexOf(message) < 0) return
    message.state = state
    message.item.classList.toggle('failed', state === 'failed')
    message.note.textContent = state === 'sending' ? 'Đang gửi…' : state === 'sent' ? 'Đã gửi' : 'Chưa gửi được. '
    if (state === 'failed') {
      const again = element('button', { className: 'again' }, 'Thử lại')
      again.addEventListener('click', () => send(message))
      message.note.append(again)
      setTimeout(toEnd, 0, message.note)
    }
    trouble.textContent = failed().length
      ? 'Tin chưa đi được, có thể vì mạng yếu. Nếu đang nguy cấp, hãy gọi 115 hoặc 113: gọi điện không cần internet.'
      : ''
  }

  /** Answers whether the message arrived; `null` when asking again may help. @param {Pending} message */
  async function post(message) {
    try {
      const sent = fetch('/chat/messages', {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id: message.id, text: message.text, choice: message.choice, vao: main.dataset.vao }),
      })
      const late = new Promise((_, reject) => setTimeout(reject, PATIENCE))
      const { status } = await Promise.race([sent, late])
      return status === 202 || (status === 429 || status >= 500 ? null : false)
    } catch (_) {
      return null
    }
  }

  /** @param {Pending} message */
  function send(message) {
    settle(message, 'sending')
    queue = queue.then(async () => {
      let arrived = await post(message)
      for (const wait of RETRY_AFTER) {
        if (arrived !== null) break
        await new Promise((resolve) => setTimeout(resolve, wait))
        arrived = await post(message)
      }
      settle(message, arrived ? 'sent' : 'failed')
      if (arrived) open = true
      listen()
    })
  }

  /** @param {string} shown @param {{ text?: string, choice?: string }} content */
  function say(shown, content) {
    const item = lineItem({ id: '', from: 'you', text: shown, at: Date.now() }, list.lastElementChild)
    const note = element('p', { className: 'note' })
    /** @type {Pending} */
    const message = { id: uuid(), ...content, shown, item, note, state: 'sending' }
    pending.push(message)
    item.append(note)
    list.append(item)
    if (more) log.before(more)
    offer([])
    toEnd()
    send(message)
  }

  const bare = (/** @type {string} */ words) => words.normalize('NFC').replace(/\s+/g, ' ').trim()

  /** @param {Line} line */
  function receive(line) {
    if (seen.has(line.id)) return
    const follow = atEnd()
    // In brackets: what a contest took.
    const mine =
      line.from === 'you' &&
      pending.find((sent) => sent.choice || line.text[0] === '(' || bare(sent.shown) === bare(line.text))
    seen.add(line.id)
    after = line.id
    if (mine) {
      list.replaceChild(lineItem(line, mine.item.previousElementSibling), mine.item)
      pending.splice(pending.indexOf(mine), 1)
    } else {
      // What is still on its way stays below what has arrived.
      const waiting = pending.find((sent) => sent.state !== 'sent')
      const before = waiting ? waiting.item.previousElementSibling : list.lastElementChild
      list.insertBefore(lineItem(line, before), waiting ? waiting.item : null)
    }
    offer(line.from === 'you' ? [] : line.choices || [])
    if (follow) toEnd()
    else if (line.from !== 'you') newer.hidden = false
  }

  /** Follows the conversation while the page is looked at; a browser's own retries carry the last line's id. */
  function listen() {
    if (source || !open || document.hidden) return
    const stream = new EventSource(`/chat/events?after=${encodeURIComponent(after)}`)
    source = stream
    stream.onopen = () => {
      clearTimeout(worry)
      worry = undefined
      backoff = 3000
      if (!failed().length) trouble.textContent = ''
    }
    stream.onmessage = (event) => receive(JSON.parse(event.data))
    stream.onerror = () => {
      if (worry === undefined) {
        worry = setTimeout(() => {
          if (!trouble.textContent) trouble.textContent = 'Mạng yếu, đang nối lại…'
        }, 6000)
      }
      if (stream.readyState !== 2) return
      hangUp()
      setTimeout(listen, backoff)
      backoff = Math.min(backoff * 2, 30000)
    }
  }

  function hangUp() {
    if (source) source.close()
    source = null
  }

  function grow() {
    text.style.height = 'auto'
    text.style.height = `${text.scrollHeight + 2}px`
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault()
    const typed = text.value
    if (!typed.trim()) return
    text.value = ''
    grow()
    say(typed.trim(), { text: typed })
    text.focus()
  }

  choices.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest('button')
    if (!button) return
    event.preventDefault()
    say(button.textContent || '', { choice: button.getAttribute('value') || '' })
    // On a phone this would open the keyboard over the answer.
    if (matchMedia('(hover: hover)').matches) text.focus({ preventScroll: true })
  })
  find('composer').addEventListener('submit', submit)
  text.addEventListener('input', grow)
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event)
  })
  addEventListener('online', () => failed().forEach(send))
  newer.addEventListener('click', (event) => {
    event.preventDefault()
    toEnd()
  })
  addEventListener('scroll', () => {
    if (atEnd()) newer.hidden = true
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return listen()
    hangUp()
    clearTimeout(worry)
    worry = undefined
  })
  addEventListener('pageshow', (event) => event.persisted && location.reload())

  find('fresh').remove()
  if (!navigator.cookieEnabled) {
    trouble.textContent =
      'Trình duyệt đang chặn cookie nên trang chưa nhận được câu trả lời. Bạn cho phép cookie rồi mở lại nhé.'
  }
  grow()
  toEnd()
  listen()
}

if (typeof document !== 'undefined') {
  const form = document.getElementById('leave')
  if (form) watchForLeaving(form)
  const main = document.getElementById('chat')
  if (main) openChat(main)
}
