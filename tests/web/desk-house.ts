import type { Point } from '../../src/engine/facts.ts'
import type { StaffMember } from '../../src/engine/staff.ts'
import type { Who } from '../../src/web/desk/who.ts'
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
  member('cong', 'Công', { affiliation: 'cong_an' }),
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
}

/** The desk as one member of staff has it, without a script. */
export interface Desk {
  read(path: string): Promise<{ status: number; text: string; headers: Headers }>
  /** Sends a form; its id is new unless one is given. */
  send(path: string, fields?: Record<string, string>): Promise<{ status: number; text: string; headers: Headers }>
}

let forms = 0

export function openDeskHouse(): DeskHouse {
  const whole = openWhole(null, async (c) => whoOf(c.req.header('X-Test-Staff')))
  whole.home.app.directory = () => ({
    points: POINTS,
    clubs: [],
    communes: [],
    calendar: { holidays: [], swaps: [] },
    staff: STAFF,
  })
  return {
    ...whole,
    as(id) {
      const headers = { 'X-Test-Staff': id }
      return {
        read: (path) => whole.ask(path, { headers }),
        send: (path, fields = {}) =>
          whole.ask(path, {
            method: 'POST',
            headers,
            body: new URLSearchParams({ id: `form-${++forms}`, ...fields }),
          }),
      }
    },
  }
}

function whoOf(id: string | undefined): Who | null {
  const found = STAFF.find((one) => one.id === id)
  if (!found) return null
  const { shownAs, roles, point: at, affiliation } = found
  return { id: found.id, shownAs: shownAs!, roles, point: at, affiliation }
}
