import { and, eq } from 'drizzle-orm'
import type { Supporter } from '../engine/accompany/supporter.ts'
import type { Id } from '../engine/content.ts'
import {
  type Club,
  type Day,
  type Directory,
  type Entrance,
  type Greeting,
  NO_SWITCHES,
  type Point,
  type Switches,
  type TopicRecording,
} from '../engine/facts.ts'
import type { Contest } from '../engine/quiz/contest.ts'
import type { ServicePlace } from '../engine/referrals/service.ts'
import type { StaffMember } from '../engine/staff.ts'
import { supporter } from './accompany-tables.ts'
import { allContests } from './contests.ts'
import { allEntrances } from './entrances.ts'
import { allGreetings } from './greetings.ts'
import { build, p, type Query, select, write } from './query.ts'
import { allServices, droppingServices, placingService } from './referrals.ts'
import { club, point, setting, staff } from './schema.ts'
import type { Store } from './store.ts'
import { heardTopics } from './topic-recordings.ts'

const points = select(build.select({ body: point.body }).from(point).orderBy(point.id))
const clubs = select(build.select({ body: club.body }).from(club).orderBy(club.id))
const supporters = select(build.select({ body: supporter.body }).from(supporter).orderBy(supporter.id))
const members = select(build.select({ body: staff.body }).from(staff).orderBy(staff.id))
const version = select(
  build.select({ value: setting.value }).from(setting).where(eq(setting.name, 'directory_version')),
)
const addPoint = write(
  build
    .insert(point)
    .values({ id: p('id'), body: p('body') })
    .onConflictDoNothing(),
)
const addClub = write(
  build
    .insert(club)
    .values({ id: p('id'), body: p('body') })
    .onConflictDoNothing(),
)
const putSetting = write(
  build
    .insert(setting)
    .values({ name: p('name'), value: p('value') })
    .onConflictDoUpdate({ target: setting.name, set: { value: p('value') } as never }),
)

/** Points, clubs and staff as stored, or null when the directory is unchanged since `known`. */
export async function readDirectory(
  store: Store,
  known: string | null,
): Promise<{
  version: string
  points: readonly Point[]
  clubs: readonly Club[]
  services: readonly ServicePlace[]
  contests: readonly Contest[]
  supporters: readonly Supporter[]
  staff: readonly StaffMember[]
  switches: Switches
  greetings: readonly Greeting[]
  recordings: readonly TopicRecording[]
  entrances: readonly Entrance[]
  endings: Readonly<Record<Id, Day>>
  takenDown: readonly Id[]
} | null> {
  const now = (await store.read(version({})))[0]?.value ?? '0'
  if (now === known) return null
  const parse = <T>(rows: readonly { body: string }[]) => rows.map((row) => JSON.parse(row.body) as T)
  return {
    version: now,
    points: parse<Point>(await store.read(points({}))),
    clubs: parse<Club>(await store.read(clubs({}))),
    services: await allServices(store),
    // What has ended for good is no concern of a conversation, nor is what nobody may enter yet.
    contests: (await allContests(store)).filter(({ state }) => state === 'open' || state === 'closed'),
    supporters: parse<Supporter>(await store.read(supporters({}))),
    staff: parse<StaffMember>(await store.read(members({}))),
    switches: await readSwitches(store),
    greetings: (await allGreetings(store)).map(({ id, point, language }) => ({ id, point, language })),
    recordings: await heardTopics(store),
    entrances: (await allEntrances(store)).flatMap(({ code, name, audience, endedAt }) =>
      endedAt === null ? [{ code, name, audience }] : [],
    ),
    endings: await readEndings(store),
    takenDown: await readTakenDown(store),
  }
}

const addOnce = write(build.insert(setting).values({ name: p('name'), value: p('value') }))

/**
 * What an empty database begins with, in one batch that can succeed once: sample places, if any, and the hash of the
 * set-up link.
 */
export async function beginOnce(
  store: Store,
  samples: Pick<Directory, 'points' | 'clubs' | 'services'> | null,
  setupLink: string,
): Promise<void> {
  const seed: Query[] = [
    ...(samples?.points ?? []).map((one) => addPoint({ id: one.id, body: JSON.stringify(one) })),
    ...(samples?.clubs ?? []).map((one) => addClub({ id: one.id, body: JSON.stringify(one) })),
    ...(samples?.services ?? []).map(placingService),
    ...(samples ? [putSetting({ name: 'directory_version', value: '1' })] : []),
  ]
  await store.batch([
    addOnce({ name: 'first_start', value: '1' }),
    putSetting({ name: 'setup_link', value: setupLink }),
    ...seed,
  ])
}

const settingValue = select(
  build
    .select({ value: setting.value })
    .from(setting)
    .where(eq(setting.name, p('name') as never)),
)

export async function readValue(store: Store, name: string): Promise<string | null> {
  return (await store.read(settingValue({ name })))[0]?.value ?? null
}

const dropPoints = write(build.delete(point))
const dropClubs = write(build.delete(club))

/**
 * What makes these points and clubs the only ones, in one batch; a running service reads them at its next tick. Places
 * to be introduced to are replaced only where some are named: staff enter them at the desk.
 */
export function replacingDirectory(
  { points, clubs, services = [] }: Pick<Directory, 'points' | 'clubs' | 'services'>,
  version: string,
): Query[] {
  return [
    dropPoints({}),
    dropClubs({}),
    ...points.map((one) => addPoint({ id: one.id, body: JSON.stringify(one) })),
    ...clubs.map((one) => addClub({ id: one.id, body: JSON.stringify(one) })),
    ...(services.length > 0 ? [droppingServices(), ...services.map(placingService)] : []),
    putSetting({ name: 'directory_version', value: version }),
  ]
}

const SWITCHES = 'switches'

/** The switches as stored, newer than the snapshot. */
export async function readSwitches(store: Store): Promise<Switches> {
  return { ...NO_SWITCHES, ...JSON.parse((await readValue(store, SWITCHES)) ?? '{}') }
}

/** What sets the switches; a running service follows at its next tick. */
export function setSwitches(switches: Switches, version: string): Query[] {
  return [
    putSetting({ name: SWITCHES, value: JSON.stringify(switches) }),
    putSetting({ name: 'directory_version', value: version }),
  ]
}

const ENDINGS = 'source_endings'

/** Laws that end, by source with their last day, as staff said at the desk. */
export async function readEndings(store: Store): Promise<Readonly<Record<Id, Day>>> {
  return JSON.parse((await readValue(store, ENDINGS)) ?? '{}')
}

/** What makes these the only laws said at the desk to end; a running service follows at its next tick. */
export function setEndings(endings: Readonly<Record<Id, Day>>, version: string): Query[] {
  return [
    putSetting({ name: ENDINGS, value: JSON.stringify(endings) }),
    putSetting({ name: 'directory_version', value: version }),
  ]
}

const TAKEN_DOWN = 'topics_taken_down'

/** Topics taken down at the desk. */
export async function readTakenDown(store: Store): Promise<readonly Id[]> {
  return JSON.parse((await readValue(store, TAKEN_DOWN)) ?? '[]')
}

/** What makes these the only topics taken down; a running service follows at its next tick. */
export function setTakenDown(topics: readonly Id[], version: string): Query[] {
  return [
    putSetting({ name: TAKEN_DOWN, value: JSON.stringify(topics) }),
    putSetting({ name: 'directory_version', value: version }),
  ]
}

/** A new one-time link for the first account: the old link ends with it. */
export async function replaceSetupLink(store: Store, hash: string): Promise<void> {
  await store.batch([putSetting({ name: 'setup_link', value: hash })])
}

const putStaff = write<{ id: string; body: string }>(
  build
    .insert(staff)
    .values({ id: p('id'), body: p('body') })
    .onConflictDoUpdate({ target: staff.id, set: { body: p('body') } as never }),
)

/** Makes this the whole of what is known of a member of staff; a running service reads it at its next tick. */
export function placingStaff(member: StaffMember, version: string): Query[] {
  return [
    putStaff({ id: member.id, body: JSON.stringify(member) }),
    putSetting({ name: 'directory_version', value: version }),
  ]
}

/** What lets a running service read the directory anew at its next tick. */
export const bumpingDirectory = (version: string): Query => putSetting({ name: 'directory_version', value: version })

/** Every member of staff as stored, those who left too. */
export async function allStaff(store: Store): Promise<readonly StaffMember[]> {
  return (await store.read(members({}))).map(({ body }) => JSON.parse(body) as StaffMember)
}

const memberById = select(
  build
    .select({ body: staff.body })
    .from(staff)
    .where(eq(staff.id, p('id') as never)),
)

export async function findStaff(store: Store, id: string): Promise<StaffMember | null> {
  const row = (await store.read(memberById({ id })))[0]
  return row ? (JSON.parse(row.body) as StaffMember) : null
}

/** The points as stored, newer than the snapshot. */
export async function allPoints(store: Store): Promise<readonly Point[]> {
  return (await store.read(points({}))).map(({ body }) => JSON.parse(body) as Point)
}

const putPoint = write<{ id: string; body: string }>(
  build
    .insert(point)
    .values({ id: p('id'), body: p('body') })
    .onConflictDoUpdate({ target: point.id, set: { body: p('body') } as never }),
)

/** Makes this the whole of what is known of a point; a running service reads it at its next tick. */
export function placingPoint(one: Point, version: string): Query[] {
  return [
    putPoint({ id: one.id, body: JSON.stringify(one) }),
    putSetting({ name: 'directory_version', value: version }),
  ]
}

/** Removes a setting if it still has this value, such as a one-time link that was used. */
export const dropSetting = write<{ name: string; value: string }>(
  build.delete(setting).where(and(eq(setting.name, p('name') as never), eq(setting.value, p('value') as never))),
)
