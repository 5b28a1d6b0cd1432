// @ts-check
/**
 * Makes the desk live; every page is complete without it. Counts and ids come over the stream, pages are fetched as the
 * server renders them, and of what a counsellor writes only an unsent draft is kept on this device, until it is sent.
 *
 * @typedef {{ waiting: number, emergency: number, mine: number, changed: string[] }} News
 */

const TITLE = 'Đồng Hành'
/** What a lock screen may show: nothing about anybody. */
const ALERT = (/** @type {number} */ count) => `Có ${count} cuộc cần hỗ trợ`
const SWITCH = 'dh-bao'
const DRAFT = 'dh-nhap:'
const DRAFT_AGE = 7 * 86400000

const main = /** @type {HTMLElement} */ (document.querySelector('main'))

/** @param {string} key */
function recall(key) {
  try {
    return localStorage.getItem(key)
  } catch (_) {
    return null
  }
}

/** @param {string} key @param {string | null} value */
function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch (_) {
    // A browser that keeps nothing still sends.
  }
}

/** @param {string} tag @param {Object<string, string>} properties @param {(Node | string)[]} children */
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

/** @param {Element} parent @param {Node[]} children */
function fill(parent, children) {
  parent.textContent = ''
  parent.append(...children)
}

// Drafts

/** Drafts of a reply wait here until the reply is in the dialogue; old ones go by themselves. */
function keepDraft() {
  const form = document.getElementById('tra-loi')
  const text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('text'))
  const ticket = main.querySelector('[data-ticket]')
  if (!form || !text || !ticket) return
  const key = DRAFT + ticket.getAttribute('data-ticket')
  const counter = document.getElementById('do-dai')
  const limit = Number(text.getAttribute('data-limit'))
  const count = () => {
    if (!counter) return
    const over = text.value.trim().length - limit
    counter.textContent = over > 0 ? `Dài quá ${over} ký tự, giới hạn là ${limit}.` : ''
  }
  const save = () => {
    keep(key, text.value === '' ? null : JSON.stringify({ text: text.value, at: Date.now() }))
    count()
  }
  const before = JSON.parse(recall(key) || 'null')
  if (before) {
    if (before.sending && was(before.text)) keep(key, null)
    else if (text.value === '') text.value = before.text
  }
  count()
  text.addEventListener('input', save)
  form.addEventListener('submit', (event) => {
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter)
    if (button && !button.classList.contains('send-reply')) return save()
    if (text.value.trim().length > limit) {
      event.preventDefault()
      count()
      return text.focus()
    }
    // It goes only when the page that answers shows it: a lost connection must not lose it.
    keep(key, JSON.stringify({ text: text.value, at: Date.now(), sending: true }))
  })
}

/** Is this text among the counsellors' lines on the page. @param {string} text */
function was(text) {
  const bare = (/** @type {string} */ words) => words.replace(/\s+/g, '')
  const lines = [...document.querySelectorAll('.dialogue .human .words')].slice(-6)
  return lines
    .map((line) => bare(line.textContent || ''))
    .join('')
    .includes(bare(text))
}

function dropOldDrafts() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(DRAFT)) continue
      const draft = JSON.parse(localStorage.getItem(key) || '{}')
      if (!(Date.now() - draft.at < DRAFT_AGE)) localStorage.removeItem(key)
    }
  } catch (_) {
    // Nothing is kept, so nothing is old.
  }
}

// Fresh copies of the page

/** Whoever stood on a link or a button stands on its successor afterwards. @param {Element} part @param {() => void} change */
function keepingFocus(part, change) {
  const focus = document.activeElement
  const inside = focus && part.contains(focus) ? focus : null
  change()
  if (!inside) return
  const same = (/** @type {Element} */ one) =>
    one.tagName === inside.tagName &&
    one.getAttribute('href') === inside.getAttribute('href') &&
    (one.tagName === 'A' || one.textContent === inside.textContent)
  const next = [...part.querySelectorAll('a, button')].find(same)
  if (next) /** @type {HTMLElement} */ (next).focus({ preventScroll: true })
}

/** Takes over what changed, row by row, so that the place and the focus of the reader stay. @param {Element} mine @param {Element} theirs */
function takeOver(mine, theirs) {
  const lists = [...mine.querySelectorAll('[data-list]')]
  const fresh = [...theirs.querySelectorAll('[data-list]')]
  const outline = (/** @type {Element} */ part) => {
    const copy = /** @type {Element} */ (part.cloneNode(true))
    for (const list of copy.querySelectorAll('[data-list]')) list.textContent = ''
    return copy.innerHTML
  }
  if (lists.length !== fresh.length || outline(mine) !== outline(theirs)) {
    keepingFocus(mine, () => fill(mine, [...theirs.childNodes]))
    return
  }
  lists.forEach((list, i) => {
    syncRows(list, fresh[i])
  })
}

/** @param {Element} list @param {Element} fresh */
function syncRows(list, fresh) {
  const known = new Map([...list.children].map((row) => [row.getAttribute('data-key'), row]))
  const rows = [...fresh.children].map((row) => {
    const mine = known.get(row.getAttribute('data-key'))
    return mine && mine.outerHTML === row.outerHTML ? mine : row
  })
  if (rows.length === list.children.length && rows.every((row, i) => row === list.children[i])) return
  keepingFocus(list, () => fill(list, rows))
}

let fetching = false
let again = false

async function refresh() {
  if (!main.querySelector('[data-live]')) return
  if (fetching) {
    again = true
    return
  }
  fetching = true
  try {
    const response = await fetch(main.dataset.self || '/desk', { headers: { Accept: 'text/html', 'X-Part': 'live' } })
    if (response.ok) {
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 40
      for (const part of main.querySelectorAll('[data-live]')) {
        const fresh = page.querySelector(`[data-live="${part.getAttribute('data-live')}"]`)
        if (fresh) takeOver(part, fresh)
      }
      if (atEnd && main.querySelector('[data-ticket]')) scrollTo(0, document.documentElement.scrollHeight)
    } else if (response.status === 404) tell('Cuộc này vừa kết thúc hoặc không còn mở. Lời đang viết vẫn còn ở đây.')
    else if (response.status === 401)
      tell('Phiên làm việc đã hết. Bạn mở thẻ khác để vào lại; lời đang viết vẫn còn ở đây.')
  } catch (_) {
    // The next message tries again.
  } finally {
    fetching = false
    if (again) {
      again = false
      refresh()
    }
  }
}

// What a counsellor is told

const footer = /** @type {HTMLElement} */ (document.getElementById('tien-ich'))
const state = element('p', { className: 'link-state' })
state.setAttribute('role', 'status')

/** @param {string} words */
function tell(words) {
  if (state.textContent !== words) state.textContent = words
}

function alertsOn() {
  return recall(SWITCH) === 'co'
}

/** A short soft tone, made here: no file is fetched. */
function beep() {
  try {
    const Audio = window.AudioContext || /** @type {any} */ (window).webkitAudioContext
    const context = new Audio()
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = 660
    volume.gain.setValueAtTime(0.0001, context.currentTime)
    volume.gain.exponentialRampToValueAtTime(0.2, context.currentTime + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + 0.35)
    tone.connect(volume).connect(context.destination)
    tone.start()
    tone.stop(context.currentTime + 0.4)
    tone.onended = () => context.close()
  } catch (_) {
    // A browser without sound still shows the badge.
  }
}

/** @param {number} count */
function notify(count) {
  beep()
  try {
    if (document.hidden && window.Notification && Notification.permission === 'granted')
      new Notification(ALERT(count), { tag: 'dong-hanh', icon: '/assets/icon.svg' })
  } catch (_) {
    // Some phones allow this to service workers alone.
  }
}

function alertSwitch() {
  const button = element('button', { type: 'button', className: 'second', id: 'bao-tin' })
  const name = () => {
    button.textContent = alertsOn() ? 'Tắt báo khi có người chờ' : 'Bật báo khi có người chờ'
  }
  button.addEventListener('click', async () => {
    keep(SWITCH, alertsOn() ? null : 'co')
    name()
    if (!alertsOn()) return
    beep()
    if (window.Notification && Notification.permission === 'default') await Notification.requestPermission()
  })
  name()
  return button
}

/** @type {News | null} */
let last = null

/** @param {News} news @param {boolean} ring this tab rings for all of them */
function receive(news, ring) {
  document.title = news.waiting > 0 ? `(${news.waiting}) ${TITLE}` : TITLE
  if (ring && last && alertsOn() && (news.waiting > last.waiting || news.emergency > last.emergency))
    notify(news.waiting)
  const ticket = /** @type {HTMLElement | null} */ (main.querySelector('[data-ticket]'))
  const first = last === null
  last = news
  if (ticket ? news.changed.includes(ticket.dataset.ticket || '') : !first || news.changed.length > 0) refresh()
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let worry

/** @type {EventSource | null} */
let stream = null
/** Where the line stands, for the tab that takes it over. */
let reached = ''
/** The tabs of this browser share one line: whoever holds the lock follows it and tells the others. */
const tabs = navigator.locks && window.BroadcastChannel ? new BroadcastChannel(SWITCH) : null
/** @type {AbortController | null} */
let turn = null
/** @type {(() => void) | null} */
let letGo = null

if (tabs)
  tabs.onmessage = ({ data }) => {
    if (data === 'hello') {
      if (stream && last) tabs.postMessage({ reached, news: last })
      return
    }
    reached = data.reached
    receive(data.news, false)
  }

/** A hidden page keeps its line only when it is to alert: a browser has few lines to one service. */
function listen() {
  if (stream || turn || (document.hidden && !alertsOn())) return
  if (!tabs) return follow()
  turn = new AbortController()
  const held = () =>
    new Promise((done) => {
      letGo = () => done(undefined)
      follow()
    })
  navigator.locks.request(SWITCH, { signal: turn.signal }, held).catch(() => undefined)
  tabs.postMessage('hello')
}

/** The browser resumes after the last message by itself; only a refusal ends the stream for good. */
function follow() {
  if (tabs && !turn) return
  const source = new EventSource(reached === '' ? '/desk/events' : `/desk/events?after=${reached}`)
  stream = source
  source.onopen = () => {
    clearTimeout(worry)
    worry = undefined
    tell('')
  }
  source.onmessage = (event) => {
    const news = JSON.parse(event.data)
    reached = event.lastEventId
    receive(news, true)
    if (tabs) tabs.postMessage({ reached, news })
  }
  source.onerror = () => {
    if (worry === undefined)
      worry = setTimeout(() => tell('Mạng yếu, đang nối lại. Lời đang viết được giữ trên máy này.'), 6000)
    if (source.readyState !== 2 || stream !== source) return
    stream = null
    setTimeout(tabs ? follow : listen, 5000)
  }
}

function hangUp() {
  if (turn) turn.abort()
  turn = null
  if (letGo) letGo()
  letGo = null
  if (stream) stream.close()
  stream = null
  clearTimeout(worry)
  worry = undefined
}

// Keys

const links = () => /** @type {HTMLElement[]} */ ([...main.querySelectorAll('.ticket > a')])

/** @param {number} step */
function move(step) {
  const all = links()
  if (all.length === 0) return
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  all[at === -1 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))].focus()
}

/** Opens a folded part and puts the cursor into its field. @param {string} fold @param {string} field */
function enter(fold, field) {
  const part = /** @type {HTMLDetailsElement | null} */ (document.getElementById(fold))
  if (part) part.open = true
  const target = document.getElementById(field)
  if (target) target.focus()
  return target !== null
}

/** @type {[string, string, () => unknown][]} */
const KEYS = [
  ['j', 'cuộc dưới (hoặc ↓)', () => move(1)],
  ['k', 'cuộc trên (hoặc ↑)', () => move(-1)],
  ['n', 'nhận cuộc này', () => click('.take button')],
  ['r', 'viết trả lời', () => enter('', 'text')],
  ['/', 'tìm câu mẫu', () => enter('cau-mau', 'tim')],
  ['g', 'ghi chú riêng', () => enter('ghi-chu', 'note')],
  ['e', 'kết thúc', () => enter('ket-thuc', 'outcome')],
  ['h', 'về Hôm nay', () => location.assign('/desk')],
]

/** @param {string} selector */
function click(selector) {
  const button = /** @type {HTMLElement | null} */ (main.querySelector(selector))
  if (button) button.click()
}

function keyHelp() {
  const rows = KEYS.map(([key, what]) => element('li', {}, element('kbd', {}, key), ` ${what}`))
  const more = [
    element('li', {}, element('kbd', {}, 'Enter'), ' mở cuộc đang chọn'),
    element('li', {}, element('kbd', {}, 'Ctrl'), ' + ', element('kbd', {}, 'Enter'), ' gửi trả lời'),
    element('li', {}, element('kbd', {}, 'Esc'), ' rời ô đang viết'),
  ]
  return element(
    'details',
    { id: 'phim-tat' },
    element('summary', {}, 'Phím tắt'),
    element('ul', { className: 'keys' }, ...rows, ...more),
  )
}

/** @param {KeyboardEvent} event */
function press(event) {
  const target = /** @type {HTMLElement} */ (event.target)
  const writing = target.closest('input, textarea, select')
  if (event.isComposing) return
  if (writing) {
    if (event.key === 'Escape') target.blur()
    if (event.key === 'Enter' && event.ctrlKey && target.id === 'text') click('.send-reply')
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const key = { ArrowDown: 'j', ArrowUp: 'k' }[event.key] || event.key
  // On a page without a list the arrows scroll, as everywhere.
  if (key !== event.key && links().length === 0) return
  const found = KEYS.find(([name]) => name === key)
  if (!found) return
  event.preventDefault()
  found[2]()
}

// Approved replies

const fold = (/** @type {string} */ words) =>
  words
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd')

function pickReplies() {
  const search = /** @type {HTMLInputElement | null} */ (document.getElementById('tim'))
  const list = document.getElementById('ds-cau')
  const text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('text'))
  if (!search || !list || !text) return
  const rows = /** @type {HTMLElement[]} */ ([...list.children])
  const narrow = () => {
    const wanted = fold(search.value).split(/\s+/).filter(Boolean)
    for (const row of rows) {
      const where = ` ${fold(`${row.textContent} ${row.dataset.words || ''}`).replace(/[^a-z0-9]+/g, ' ')}`
      row.hidden = !wanted.every((word) => where.includes(` ${word}`))
    }
  }
  const insert = (/** @type {HTMLElement} */ row) => {
    const before = text.value.trimEnd()
    text.value = (before === '' ? '' : `${before}\n\n`) + (row.dataset.text || '')
    text.dispatchEvent(new Event('input'))
    text.focus()
  }
  search.addEventListener('input', narrow)
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    const first = rows.find((row) => !row.hidden)
    if (first) insert(first)
  })
  list.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest('button')
    if (!button) return
    event.preventDefault()
    insert(/** @type {HTMLElement} */ (button.closest('li')))
  })
}

/** As long as one recording may be. */
const VOICE_MS = 180000
/** First what Telegram plays as a voice; a browser may hold other sound in an MP4. */
const SOUNDS = ['audio/mp4;codecs=mp4a.40.2', 'audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4']

/** Records into the file field, so that what is sent is what was listened to. */
function recordVoice() {
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById('sound'))
  if (!input || !window.MediaRecorder || !navigator.mediaDevices || !window.DataTransfer) return
  const button = element('button', { type: 'button', className: 'second' }, 'Ghi âm')
  const heard = /** @type {HTMLAudioElement} */ (element('audio', { controls: 'controls', hidden: 'hidden' }))
  /** @type {MediaRecorder | null} */
  let recorder = null
  button.addEventListener('click', async () => {
    if (recorder) return recorder.stop()
    try {
      const microphone = await navigator.mediaDevices.getUserMedia({ audio: true })
      const type = SOUNDS.find((one) => MediaRecorder.isTypeSupported(one))
      const now = new MediaRecorder(microphone, type ? { mimeType: type, audioBitsPerSecond: 24000 } : {})
      recorder = now
      /** @type {Blob[]} */
      const pieces = []
      now.ondataavailable = (event) => pieces.push(event.data)
      now.onstop = () => {
        recorder = null
        button.textContent = 'Ghi lại'
        for (const track of microphone.getTracks()) track.stop()
        const files = new DataTransfer()
        files.items.add(new File(pieces, 'tin-thoai', { type: now.mimeType }))
        input.files = files.files
        heard.src = URL.createObjectURL(files.files[0])
        heard.hidden = false
      }
      now.start()
      button.textContent = 'Dừng ghi'
      setTimeout(() => now.state === 'recording' && now.stop(), VOICE_MS)
    } catch (_) {
      tell('Máy chưa cho dùng micro. Bạn chọn một tệp ghi âm, hoặc trả lời bằng chữ.')
    }
  })
  input.after(button, heard)
}

/** Words to paste elsewhere get a button; where the browser may not copy they are selected. */
for (const one of document.querySelectorAll('[data-copy]')) {
  const words = /** @type {HTMLTextAreaElement} */ (one)
  const button = element('button', { type: 'button', className: 'second' }, 'Sao chép')
  button.addEventListener('click', async () => {
    words.select()
    try {
      await navigator.clipboard.writeText(words.value)
      tell('Đã sao chép. Bạn mở nhóm rồi dán vào.')
    } catch (_) {
      tell('Máy chưa cho sao chép. Lời đã được chọn: bạn giữ tay rồi bấm Sao chép.')
    }
  })
  words.after(button)
}
for (const button of document.querySelectorAll('[data-print]')) {
  button.removeAttribute('hidden')
  button.addEventListener('click', () => print())
}
// On a narrow screen the way that is open stands in sight.
document.querySelector('.desk-top [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
dropOldDrafts()
keepDraft()
pickReplies()
recordVoice()
footer.append(state)
footer.hidden = false
// The board of a club sees no queue: there is nothing to listen to.
if (!('noQueue' in main.dataset)) {
  footer.append(alertSwitch(), keyHelp())
  document.addEventListener('keydown', press)
  addEventListener('pageshow', (event) => event.persisted && refresh())
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      if (!alertsOn()) hangUp()
      return
    }
    if (!stream) refresh()
    listen()
  })
  listen()
}
