import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Instants are milliseconds since 1970; ids are computed or hashed; every column of a person's words is sealed. */
const bytes = (name: string) => blob(name, { mode: 'buffer' })

/** Keys of what has happened, hashed: the second arrival of one is a duplicate. */
export const inbound = sqliteTable('inbound', { key: text('key').primaryKey(), at: integer('at').notNull() }, (t) => [
  index('inbound_at').on(t.at),
])

/** The log; its primary key is the lock of the conversation. */
export const event = sqliteTable(
  'event',
  {
    contact: text('contact').notNull(),
    seq: integer('seq').notNull(),
    n: integer('n').notNull(),
    at: integer('at').notNull(),
    type: text('type').notNull(),
    version: integer('version').notNull(),
    body: text('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.contact, t.seq, t.n] })],
)

export const conversation = sqliteTable(
  'conversation',
  {
    contact: text('contact').primaryKey(),
    /** Where answers go: the address last written from. */
    address: text('address').notNull(),
    seq: integer('seq').notNull(),
    body: text('body').notNull(),
    /** When the person last wrote. */
    activeAt: integer('active_at').notNull(),
    /** When a question was last asked that still waits, else null. */
    askedAt: integer('asked_at'),
    stopped: integer('stopped', { mode: 'boolean' }).notNull(),
    reachable: integer('reachable', { mode: 'boolean' }).notNull(),
    ticket: text('ticket'),
  },
  (t) => [index('conversation_active').on(t.activeAt)],
)

export const address = sqliteTable(
  'address',
  {
    /** HMAC of channel, bot and handle. */
    id: text('id').primaryKey(),
    contact: text('contact').notNull(),
    channel: text('channel').notNull(),
    bot: text('bot').notNull(),
    handle: bytes('handle').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('address_contact').on(t.contact), index('address_bot').on(t.channel, t.bot)],
)

/** The one table of words: what was said by either side, and answers. `n` is the cursor of the web chat. */
export const words = sqliteTable(
  'words',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    contact: text('contact').notNull(),
    /** A line of either side, an answer, a counsellor's line not yet sent, or a note among staff. */
    kind: text('kind', { enum: ['you', 'bot', 'human', 'answer', 'draft', 'note', 'own', 'own_bot'] }).notNull(),
    sealed: bytes('sealed').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [uniqueIndex('words_id').on(t.id), index('words_contact').on(t.contact, t.n)],
)

/** Recorded sound of either side, by the id of its line; what the platform still holds is fetched and then sealed here. */
export const recording = sqliteTable(
  'recording',
  {
    id: text('id').primaryKey(),
    contact: text('contact').notNull(),
    /** Where it is fetched from; null for what staff recorded. */
    address: text('address'),
    state: text('state', { enum: ['wanted', 'kept', 'lost'] }).notNull(),
    /** Why it is lost. */
    reason: text('reason'),
    attempts: integer('attempts').notNull(),
    dueAt: integer('due_at').notNull(),
    mime: text('mime'),
    /** The sound as base64, sealed. */
    sealed: bytes('sealed'),
  },
  (t) => [index('recording_wanted').on(t.dueAt).where(sql`state = 'wanted'`), index('recording_contact').on(t.contact)],
)

/** One row is one API call. */
export const outbox = sqliteTable(
  'outbox',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    contact: text('contact').notNull(),
    address: text('address').notNull(),
    /** 0 crisis, 1 conversation, 2 unprompted. */
    lane: integer('lane').notNull(),
    kind: text('kind').notNull(),
    state: text('state', { enum: ['queued', 'leased', 'sent', 'failed', 'uncertain', 'dropped'] }).notNull(),
    /** The message as keys and fills, or null when `words` holds a counsellor's line. */
    content: text('content'),
    words: text('words'),
    dueAt: integer('due_at').notNull(),
    attempts: integer('attempts').notNull(),
    fence: integer('fence').notNull(),
    leaseUntil: integer('lease_until'),
    settledAt: integer('settled_at'),
    externalId: text('external_id'),
    reason: text('reason'),
    /** From then on it helps nobody, and is not sent. */
    expiresAt: integer('expires_at'),
  },
  (t) => [
    uniqueIndex('outbox_id').on(t.id),
    index('outbox_due').on(t.lane, t.dueAt).where(sql`state = 'queued'`),
    index('outbox_order').on(t.address, t.lane, t.n).where(sql`state in ('queued', 'leased')`),
    index('outbox_leased').on(t.leaseUntil).where(sql`state = 'leased'`),
    index('outbox_contact').on(t.contact),
  ],
)

export const timer = sqliteTable(
  'timer',
  {
    id: text('id').primaryKey(),
    contact: text('contact').notNull(),
    kind: text('kind').notNull(),
    dueAt: integer('due_at').notNull(),
    /** How often it was set: part of the key that makes it fire once. */
    round: integer('round').notNull(),
  },
  (t) => [index('timer_due').on(t.dueAt), index('timer_contact').on(t.contact)],
)

/** `contact` is null once the person's data are erased; what is left is a count. */
export const ticket = sqliteTable(
  'ticket',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    reason: text('reason').notNull(),
    priority: text('priority', { enum: ['emergency', 'urgent', 'routine'] }).notNull(),
    point: text('point'),
    heldBy: text('held_by'),
    /** Who held it when it closed. */
    lastHeldBy: text('last_held_by'),
    openedAt: integer('opened_at').notNull(),
    /** When a human first took it, and first wrote. */
    takenAt: integer('taken_at'),
    answeredAt: integer('answered_at'),
    /** The rungs climbed, and when the next is due; both null before the first and once it is held. */
    rung: integer('rung'),
    rungDueAt: integer('rung_due_at'),
    /** The person chose staff who belong to the police, knowing it. */
    chosePolice: integer('chose_police', { mode: 'boolean' }).notNull().default(false),
    outcome: text('outcome'),
    closedAt: integer('closed_at'),
    /** Counted after the person's data are gone: where they wrote, the highest rung, how often a hold ran out. */
    channel: text('channel'),
    rungs: integer('rungs').notNull().default(0),
    lapses: integer('lapses').notNull().default(0),
  },
  (t) => [
    index('ticket_open').on(t.openedAt).where(sql`closed_at is null`),
    index('ticket_opened').on(t.openedAt),
    index('ticket_closed').on(t.closedAt).where(sql`closed_at is not null`),
    index('ticket_contact').on(t.contact),
  ],
)

/** What staff found when they looked back at an emergency; due from the moment it closed. The counts outlive an erasure. */
export const review = sqliteTable(
  'review',
  {
    ticket: text('ticket').primaryKey(),
    contact: text('contact'),
    dueAt: integer('due_at').notNull(),
    /** Null until somebody looked. */
    reviewedAt: integer('reviewed_at'),
    reviewedBy: text('reviewed_by'),
    wasEmergency: text('was_emergency', { enum: ['yes', 'no', 'unsure'] }),
    helped: text('helped', { enum: ['yes', 'no', 'unknown'] }),
    /** What was slow or missed, as codes. */
    missed: text('missed'),
    /** The id of a sealed note. */
    note: text('note'),
  },
  (t) => [index('review_due').on(t.dueAt).where(sql`reviewed_at is null`), index('review_contact').on(t.contact)],
)

/** A person's line that the detector should have judged otherwise, and how; `id` is the id of the sealed words. */
export const missedLine = sqliteTable(
  'missed_line',
  {
    id: text('id').primaryKey(),
    contact: text('contact').notNull(),
    ticket: text('ticket').notNull(),
    level: text('level', { enum: ['none', 'urgent', 'emergency'] }).notNull(),
    markedBy: text('marked_by').notNull(),
    at: integer('at').notNull(),
    exportedAt: integer('exported_at'),
  },
  (t) => [
    index('missed_line_contact').on(t.contact),
    index('missed_line_new').on(t.at).where(sql`exported_at is null`),
  ],
)

/** A member of staff who was called to a ticket, one row for each rung. */
export const staffCall = sqliteTable(
  'staff_call',
  {
    id: text('id').primaryKey(),
    staff: text('staff').notNull(),
    ticket: text('ticket').notNull(),
    contact: text('contact').notNull(),
    step: integer('step').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [
    index('staff_call_staff').on(t.staff, t.at),
    index('staff_call_ticket').on(t.ticket),
    index('staff_call_contact').on(t.contact),
  ],
)

/** A member's own chat: an address of a contact of its own, which never runs flows. */
export const staffPhone = sqliteTable(
  'staff_phone',
  {
    address: text('address').primaryKey(),
    staff: text('staff').notNull(),
    linkedAt: integer('linked_at').notNull(),
    /** The ticket whose conversation is open on this phone. */
    current: text('current'),
  },
  (t) => [index('staff_phone_staff').on(t.staff)],
)

/** A one-time code that links a phone; only its hash is kept. */
export const staffLink = sqliteTable('staff_link', {
  code: text('code').primaryKey(),
  staff: text('staff').notNull(),
  expiresAt: integer('expires_at').notNull(),
})

/** Wrong codes of an address, hashed, so that nobody guesses on. */
export const linkTry = sqliteTable(
  'link_try',
  { n: integer('n').primaryKey({ autoIncrement: true }), who: text('who').notNull(), at: integer('at').notNull() },
  (t) => [index('link_try_who').on(t.who, t.at), index('link_try_at').on(t.at)],
)

/** Somebody without a channel whom staff wrote down with their yes; what is known of them is sealed, as for everybody. */
export const walkIn = sqliteTable(
  'walk_in',
  {
    contact: text('contact').primaryKey(),
    point: text('point').notNull(),
    by: text('by').notNull(),
    consent: text('consent').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [index('walk_in_point').on(t.point)],
)

/** The next day to call somebody, in Vietnam; none once nothing is planned. */
export const callPlan = sqliteTable('call_plan', {
  contact: text('contact').primaryKey(),
  callOn: text('call_on'),
  /** They asked not to be called. */
  never: integer('never', { mode: 'boolean' }).notNull(),
})

/** A call or a visit outside the chat; `contact` is null once the person's data are erased: what is left is a count. */
export const contactRecord = sqliteTable(
  'contact_record',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    point: text('point'),
    kind: text('kind').notNull(),
    outcome: text('outcome').notNull(),
    day: text('day').notNull(),
  },
  (t) => [index('contact_record_day').on(t.day), index('contact_record_contact').on(t.contact)],
)

/** A printed slip: only the hash of its code is kept. */
export const slip = sqliteTable(
  'slip',
  {
    code: text('code').primaryKey(),
    walkIn: text('walk_in').notNull(),
    at: integer('at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [index('slip_walk_in').on(t.walkIn)],
)

/** The chat that used a slip; its key lets a slip be used once. */
export const chatLink = sqliteTable(
  'chat_link',
  {
    slip: text('slip').primaryKey(),
    walkIn: text('walk_in').notNull(),
    contact: text('contact').notNull(),
    at: integer('at').notNull(),
    endedAt: integer('ended_at'),
  },
  (t) => [index('chat_link_walk_in').on(t.walkIn), index('chat_link_contact').on(t.contact)],
)

/** A point's recorded greeting in a language besides Vietnamese: sound as base64, and what it says in Vietnamese. */
export const greeting = sqliteTable('greeting', {
  id: text('id').primaryKey(),
  point: text('point').notNull(),
  language: text('language').notNull(),
  transcript: text('transcript').notNull(),
  mime: text('mime').notNull(),
  data: text('data').notNull(),
})

/** A filled form: references to answers, not the answers. */
export const form = sqliteTable(
  'form',
  {
    id: text('id').primaryKey(),
    contact: text('contact').notNull(),
    form: text('form').notNull(),
    body: text('body').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [index('form_contact').on(t.contact)],
)

/** Did a talk with a human help: counted by day and point, with nobody's name. */
export const feedback = sqliteTable(
  'feedback',
  {
    day: text('day').notNull(),
    point: text('point').notNull(),
    value: text('value').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.point, t.value] })],
)

/** Something a staff member must look at, such as a message that could not be delivered. */
export const task = sqliteTable(
  'task',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    reason: text('reason').notNull(),
    about: text('about'),
    openedAt: integer('opened_at').notNull(),
    doneAt: integer('done_at'),
  },
  (t) => [index('task_open').on(t.openedAt).where(sql`done_at is null`), index('task_contact').on(t.contact)],
)

/** An erasure under way: old keys still to destroy, then the emptied rows to remove. */
export const erasure = sqliteTable('erasure', {
  contact: text('contact').primaryKey(),
  seq: integer('seq').notNull(),
  at: integer('at').notNull(),
  keysDestroyedAt: integer('keys_destroyed_at'),
})

/** Proof that an erasure happened; it leads back to nobody. */
export const receipt = sqliteTable('receipt', { code: text('code').primaryKey(), at: integer('at').notNull() })

/** Who may be asked to answer; how they sign in is kept apart. */
export const staff = sqliteTable('staff', { id: text('id').primaryKey(), body: text('body').notNull() })
export const point = sqliteTable('point', { id: text('id').primaryKey(), body: text('body').notNull() })
export const club = sqliteTable('club', { id: text('id').primaryKey(), body: text('body').notNull() })

/** Messages sent per bot and month. */
export const quota = sqliteTable(
  'quota',
  {
    channel: text('channel').notNull(),
    bot: text('bot').notNull(),
    month: text('month').notNull(),
    sent: integer('sent').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channel, t.bot, t.month] })],
)

/** Versions and one-time tokens (hashed) by name. */
export const setting = sqliteTable('setting', { name: text('name').primaryKey(), value: text('value').notNull() })

/** How a member of staff signs in; what others may know of them is in `staff`. */
export const credential = sqliteTable(
  'credential',
  {
    staff: text('staff').primaryKey(),
    login: text('login').notNull(),
    /** scrypt, with its cost and salt. */
    password: text('password').notNull(),
    /** The invitation it was made with, hashed: it makes one account. */
    invitation: text('invitation').notNull(),
    /** The secret of the second factor, sealed; null until it is set up. */
    totp: bytes('totp'),
    /** The last time step whose code was accepted: a code works once. */
    totpStep: integer('totp_step'),
  },
  (t) => [uniqueIndex('credential_login').on(t.login), uniqueIndex('credential_invitation').on(t.invitation)],
)

/** A code for whoever lost their phone, hashed; using it removes it. */
export const recoveryCode = sqliteTable(
  'recovery_code',
  { code: text('code').primaryKey(), staff: text('staff').notNull() },
  (t) => [index('recovery_code_staff').on(t.staff)],
)

/** A link that makes one account; the token itself is never stored. */
export const invitation = sqliteTable('invitation', {
  token: text('token').primaryKey(),
  /** What the account will be: roles, point, affiliation. */
  body: text('body').notNull(),
  invitedBy: text('invited_by').notNull(),
  expiresAt: integer('expires_at').notNull(),
})

/** A signed-in browser at the desk; the token itself is never stored. */
export const staffSession = sqliteTable(
  'staff_session',
  {
    token: text('token').primaryKey(),
    staff: text('staff').notNull(),
    startedAt: integer('started_at').notNull(),
    seenAt: integer('seen_at').notNull(),
    /** When the second factor was passed, else null. */
    secondAt: integer('second_at'),
    /** When the person last proved who they are, by password or code. */
    provedAt: integer('proved_at').notNull(),
    /** The kind of browser, in a word, so that a list of sessions can be understood. */
    device: text('device').notNull(),
  },
  (t) => [index('staff_session_staff').on(t.staff), index('staff_session_seen').on(t.seenAt)],
)

/** Failed attempts by what they are counted for (an account, a browser, an address), hashed. */
export const throttle = sqliteTable(
  'throttle',
  {
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    waitUntil: integer('wait_until').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [index('throttle_at').on(t.at)],
)

/** Who did or read what, when and from where: appended only, chained for each member of staff. No words of anybody. */
export const audit = sqliteTable(
  'audit',
  {
    staff: text('staff').notNull(),
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    action: text('action').notNull(),
    contact: text('contact'),
    /** What else it was about: a ticket, another member of staff, a setting. */
    about: text('about'),
    /** The point the contact or member belonged to, so that its lead can search. */
    point: text('point'),
    /** The network address it came from. */
    source: text('source'),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.staff, t.seq] }), index('audit_contact').on(t.contact), index('audit_at').on(t.at)],
)

/** The last link of each chain; copies of it go beside every backup. */
export const auditHead = sqliteTable('audit_head', {
  staff: text('staff').primaryKey(),
  seq: integer('seq').notNull(),
  hash: text('hash').notNull(),
})
