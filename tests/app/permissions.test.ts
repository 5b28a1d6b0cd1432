import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ACTIONS, permissionPage } from '../../src/app/permission-page.ts'
import {
  type About,
  type Action,
  MAY_GIVE,
  may,
  mayEver,
  mayManage,
  PERSONAL,
  type Relation,
  RULES,
  type Rule,
} from '../../src/app/permissions.ts'
import { ROLES } from '../../src/app/staff-words.ts'
import type { Role, StaffMember } from '../../src/engine/staff.ts'

const RELATIONS: readonly Relation[] = ['own', 'point', 'open', 'tier', 'any']

function member(role: Role, relation: Relation, extra: Partial<StaffMember> = {}): StaffMember {
  const point = relation === 'tier' ? null : 'moc-chau'
  const rest = { shownAs: null, affiliation: 'y_te', duty: null, active: true, languages: [] } as const
  return { id: 'lan', roles: [role], point, ...rest, ...extra }
}

/** Something that stands to the member in this relation and in no other. */
function about(relation: Relation, days = 0): About {
  switch (relation) {
    case 'own':
      return { heldBy: 'lan', point: 'van-ho', days }
    case 'point':
      return { heldBy: 'hoa', point: 'moc-chau', days }
    case 'open':
      return { heldBy: null, point: null, days }
    case 'tier':
      return { heldBy: 'hoa', point: 'van-ho', days }
    case 'board':
      return { heldBy: 'hoa', point: 'van-ho', board: ['lan'], days }
    case 'any':
      return { days }
    default:
      return relation satisfies never
  }
}

const nameOf = ({ action, role, relation, days }: Rule) => `${action} for ${role}, ${relation}, ${days ?? 'any'} days`
const rules = RULES.map((rule) => [nameOf(rule), rule] as const)

describe('every rule', () => {
  test.each(rules)('%s: is allowed as it says', (_, rule) => {
    const { action, role, relation, days } = rule
    const who = member(role, relation)
    expect(may(action, who, about(relation, days ?? 10_000))).toBe(true)
    expect(may(action, who, about(relation))).toBe(true)
    expect(mayEver(action, who)).toBe(true)
    if (days !== null) expect(may(action, who, about(relation, days + 1))).toBe(false)
  })

  test.each(rules)('%s: is refused to who left, and to the police unless they were chosen', (_, rule) => {
    const { action, role, relation } = rule
    expect(may(action, member(role, relation, { active: false }), about(relation))).toBe(false)
    const police = member(role, relation, { affiliation: 'cong_an' })
    const personal = PERSONAL.includes(action)
    expect(may(action, police, about(relation))).toBe(!personal)
    expect(may(action, police, { ...about(relation), chosen: false })).toBe(!personal)
    expect(may(action, police, { ...about(relation), chosen: true })).toBe(true)
  })

  test('stands in the table once', () => {
    expect(new Set(RULES.map(nameOf)).size).toBe(RULES.length)
  })
})

describe('what no rule says', () => {
  const cases = ACTIONS.flatMap((action) =>
    ROLES.flatMap((role) => RELATIONS.map((relation) => ({ action, role, relation }))),
  )

  test('is refused, for every action, role and relation', () => {
    let refused = 0
    for (const { action, role, relation } of cases) {
      const stated = RULES.some(
        (rule) => rule.action === action && rule.role === role && [relation, 'any'].includes(rule.relation),
      )
      if (stated) continue
      refused += 1
      expect(may(action, member(role, relation), about(relation)), `${action} ${role} ${relation}`).toBe(false)
    }
    expect(refused).toBeGreaterThan(300)
  })

  test('is refused to a member without a role, and for an action that is not known', () => {
    for (const action of ACTIONS) {
      const nobody = { ...member('lead', 'tier'), roles: [] }
      expect(may(action, nobody, { heldBy: 'lan', point: null, chosen: true })).toBe(false)
    }
    const all = { ...member('lead', 'tier'), roles: ROLES }
    expect(may('database.drop' as Action, all, { heldBy: 'lan', point: null, chosen: true })).toBe(false)
  })
})

describe('admin, analyst, editor and club board', () => {
  const READING: readonly Action[] = ACTIONS.filter((action) =>
    /^(queue|ticket|note|answer)\.|^export$|^audit/.test(action),
  )

  test.each(['admin', 'analyst', 'editor', 'club_board'] as const)('%s reads and answers nobody', (role) => {
    expect(READING.length).toBeGreaterThan(8)
    for (const action of READING)
      for (const relation of RELATIONS) {
        const subject = { ...about(relation), heldBy: 'lan', chosen: true }
        expect(may(action, member(role, relation), subject), action).toBe(false)
      }
  })
})

describe('giving roles', () => {
  const lead = member('lead', 'point')

  test('nobody gives, changes or sends away what is above them', () => {
    for (const action of ['staff.invite', 'staff.role', 'staff.deactivate'] as const) {
      expect(mayManage(action, lead, { point: 'moc-chau', roles: ['counsellor'] })).toBe(true)
      expect(mayManage(action, lead, { point: 'moc-chau', roles: ['counsellor', 'admin'] })).toBe(false)
      expect(mayManage(action, lead, { point: 'moc-chau', roles: ['analyst'] })).toBe(false)
      expect(mayManage(action, lead, { point: 'van-ho', roles: ['counsellor'] })).toBe(false)
      expect(mayManage(action, lead, { point: null, roles: ['counsellor'] })).toBe(false)
      expect(mayManage(action, member('admin', 'point'), { point: 'van-ho', roles: ['admin'] })).toBe(true)
      expect(mayManage(action, member('counsellor', 'point'), { point: 'moc-chau', roles: [] })).toBe(false)
    }
  })

  test('is known for the roles of staff alone', () => {
    expect(Object.keys(MAY_GIVE).sort()).toEqual(['admin', 'lead'])
  })
})

test('the page for leads says what the table says', () => {
  expect(readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8')).toBe(permissionPage())
})
