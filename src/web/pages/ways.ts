import { mayEver, mayIfChosen } from '../../app/permissions.ts'
import type { StaffMember } from '../../engine/staff.ts'

export interface Way {
  id: string
  href: string
  label: string
}

/** The ways through the desk that are open to this member. */
export function waysOf(member: StaffMember): readonly Way[] {
  const queue = mayIfChosen('queue.view', member)
  const all = [
    { id: 'today', href: '/desk', label: 'Hôm nay', open: queue },
    { id: 'queue', href: '/desk/queue', label: 'Hàng chờ', open: queue },
    { id: 'people', href: '/desk/people', label: 'Khách đến', open: mayEver('walk_in.read', member) },
    { id: 'visits', href: '/desk/lich', label: 'Lịch hẹn', open: mayEver('visit.read', member) },
    { id: 'enrolments', href: '/desk/dang-ky', label: 'Đăng ký', open: mayIfChosen('enrolment.read', member) },
    {
      id: 'clubs',
      href: '/desk/clb',
      label: 'Câu lạc bộ',
      open: mayEver('club.read', member) || mayEver('club.edit', member),
    },
    { id: 'referrals', href: '/desk/gioi-thieu', label: 'Giới thiệu', open: mayEver('referral.read', member) },
    {
      id: 'services',
      href: '/desk/noi-dich-vu',
      label: 'Nơi dịch vụ',
      open: mayEver('service.read', member) && !mayEver('referral.read', member),
    },
    { id: 'accompany', href: '/desk/dong-hanh', label: 'Đồng hành', open: mayEver('accompany.read', member) },
    { id: 'outreach', href: '/desk/hoat-dong', label: 'Hoạt động', open: mayEver('outreach.read', member) },
    { id: 'loudspeaker', href: '/desk/loa', label: 'Loa truyền thanh', open: mayEver('loudspeaker.read', member) },
    { id: 'classes', href: '/desk/tap-huan', label: 'Tập huấn', open: true },
    { id: 'content', href: '/desk/noi-dung', label: 'Nội dung', open: mayEver('content.read', member) },
    { id: 'contests', href: '/desk/cuoc-thi', label: 'Cuộc thi', open: mayEver('contest.read', member) },
    { id: 'broadcasts', href: '/desk/tin', label: 'Tin báo', open: mayEver('broadcast.write', member) },
    { id: 'replies', href: '/desk/replies', label: 'Câu mẫu', open: queue },
    { id: 'directory', href: '/desk/directory', label: 'Điểm và trực', open: true },
    { id: 'staff', href: '/desk/staff', label: 'Cán bộ', open: mayEver('staff.invite', member) },
    { id: 'figures', href: '/desk/figures', label: 'Số liệu', open: mayEver('report.view', member) },
    { id: 'audit', href: '/desk/audit', label: 'Nhật ký', open: mayEver('audit.search', member) },
    { id: 'account', href: '/desk/account', label: 'Tài khoản', open: true },
  ]
  return all.filter(({ open }) => open).map(({ id, href, label }) => ({ id, href, label }))
}

/** Open to everybody, and nobody's work. */
const FOR_ALL: readonly string[] = ['classes', 'directory', 'account']

/** Where a member's day begins: the first page that is theirs. */
export function homeOf(member: StaffMember): string {
  return waysOf(member).find(({ id }) => !FOR_ALL.includes(id))?.href ?? '/desk/account'
}
