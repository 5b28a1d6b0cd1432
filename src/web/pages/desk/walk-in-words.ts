/** What the form about somebody who came by offers; the same codes as in the call-back flow. */
export const formNames = {
  pronouns: Object.fromEntries(['em', 'cháu', 'con', 'bác', 'cô', 'chú', 'anh', 'chị'].map((word) => [word, word])),
  hours: {
    sang: 'buổi sáng (7:00–11:30)',
    chieu: 'buổi chiều (13:00–17:30)',
    toi: 'buổi tối (18:00–21:00)',
    'luc-nao-cung-duoc': 'lúc nào cũng được (7:00–21:00)',
    'gio-khac': 'một giờ cụ thể',
  },
  cover: {
    'chi-minh': 'không nói gì, cúp máy',
    'noi-la-ban': 'nói là bạn',
    'noi-nham-so': 'nói nhầm số',
    'cau-khac': 'nói câu khác',
  },
} as const
