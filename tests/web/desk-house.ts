import type { Supporter } from '../../src/engine/accompany/supporter.ts'
import { type Club, EMPTY_CALENDAR, NO_SWITCHES, type Point } from '../../src/engine/facts.ts'
import type { StaffMember } from '../../src/engine/staff.ts'
import { sessionCookie } from './sessions.ts'
import { openWhole, type WholeService } from './whole-service.ts'

/** Two counsellors of one point, a lead above, a technician, and somebody of the police; nobody in it is real. */

const member = (id: string, shownAs: string, more: Partial<StaffMember> = {}): StaffMember => ({
  id,
  shownAs,
  affiliation: 'y_te',
  roles: ['counsellor'],
  point: 'mai',
  duty: null,
  active: true,
  languages: [],
  ...more,
})
export const STAFF: readonly StaffMember[] = [
  member('lan', 'Lan'),
  member('hanh', 'Hạnh'),
  member('binh', 'Bình', { point: null, roles: ['lead'] }),
  member('nghi', 'Nghị', { active: false }),
  member('ky', 'Kỹ', { roles: ['admin', 'analyst'] }),
  member('mo', 'Mơ', { point: 'dao' }),
  member('cong', 'Công', { affiliation: 'cong_an' }),
  member('chu', 'Chú Ba', { roles: ['club_board'], point: null, affiliation: 'doan_the' }),
]
const point = (id: string, name: string): Point => ({
  id,
  name,
  address: 'x',
  phone: null,
  communes: [],
  shifts: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: 7 * 60, to: 17 * 60 })),
  sample: true,
})
const POINTS = [point('mai', 'Điểm MẪU Mai'), point('dao', 'Điểm MẪU Đào')]

export interface DeskHouse extends WholeService {
  as(id: string): Desk
  cookie(id: string): Promise<string>
}

/** The desk as one member of staff has it, without a script. */
export interface Desk {
  read(path: string): Promise<{ status: number; text: string; headers: Headers }>
  /** Sends a form; its id is new unless one is given. */
  send(path: string, fields?: Record<string, string>): Promise<{ status: number; text: string; headers: Headers }>
}

let forms = 0

export function openDeskHouse(clubs: readonly Club[] = [], supporters: readonly Supporter[] = []): DeskHouse {
  const whole = openWhole()
  const { app } = whole.home
  app.directory = () => ({
    points: POINTS,
    clubs,
    supporters,
    communes: [],
    calendar: EMPTY_CALENDAR,
    staff: STAFF,
    switches: NO_SWITCHES,
  })
  const cookies = new Map<string, Promise<string>>()
  const cookieOf = (id: string): Promise<string> => {
    // A session ends after some hours: whoever comes back later signs in anew.
    const name = `${id}:${Math.floor(app.now() / 3_600_000)}`
    const known = cookies.get(name)
    if (known) return known
    const made = sessionCookie(app, STAFF.find((one) => one.id === id)!)
    cookies.set(name, made)
    return made
  }
  return {
    ...whole,
    cookie: cookieOf,
    as: (id) => ({
      read: async (path) => whole.ask(path, { headers: { Cookie: await cookieOf(id) } }),
      send: async (path, fields = {}) =>
        whole.ask(path, {
          method: 'POST',
          headers: { Cookie: await cookieOf(id) },
          body: new URLSearchParams({ id: `form-${++forms}`, ...fields }),
        }),
    }),
  }
}
