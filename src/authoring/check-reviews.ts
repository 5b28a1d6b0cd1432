import { daysBefore, instantOn } from '../engine/clock/zone.ts'
import type { Draft } from './draft.ts'
import { type Problem, problemAt, warningAt } from './problem.ts'

/** A text of law or health that nobody of the profession has signed so long after it was written is forgotten. */
const UNSIGNED_DAYS = 90

/** When a text was written, checked and signed, and when it is looked at again. Days that passed only warn. */
export function checkReviews(draft: Draft, today: string): readonly Problem[] {
  const patience = daysBefore(instantOn(today, 0), UNSIGNED_DAYS).toString()
  return draft.topics.flatMap(({ topic, waiting, at }) => {
    const { asOf, written = asOf, reviewed, reviewBy, level } = topic
    const problems: Problem[] = []
    if (reviewBy <= asOf) problems.push(problemAt(at(['review_by']), 'Ngày xem lại phải sau ngày kiểm tra (as_of).'))
    if (reviewed !== null && reviewed.on < written)
      problems.push(problemAt(at(['reviewed']), 'Ngày duyệt ở trước ngày viết (written).'))
    if (asOf > today) problems.push(warningAt(at(['as_of']), 'Ngày kiểm tra (as_of) nằm ở tương lai.'))
    if (reviewed !== null && reviewed.on > today)
      problems.push(warningAt(at(['reviewed']), `Ngày duyệt ${reviewed.on} chưa tới.`))
    if (reviewBy < today)
      problems.push(
        warningAt(at(['review_by']), `Đã quá ngày xem lại (${reviewBy}). Bài vẫn hiện, nhưng cần người xem.`),
      )
    if (reviewed === null && !waiting && level !== 'education' && written < patience)
      problems.push(
        warningAt(at(['reviewed']), `Viết từ ${written}, quá ${UNSIGNED_DAYS} ngày mà chưa có chuyên môn nào duyệt.`),
      )
    return problems
  })
}
