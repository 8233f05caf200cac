/** What people type: every length from the first letter on, common and rare, and things that are not there. */
export const queriesByLength = {
  one: [...'абвгдеиклмнопрстуфэя', '1', '2', '3', '9', 'c', 'u', 'й', 'х', 'ы', 'ъ'],
  two: 'ор ме се за во ла ян ке ру по ве ро ма го со бе сп гр ба пр ст тр ло фа си ко ит зз щщ 77'.split(' '),
  more: [
    ...'орион вектор север телеком строй маяк янтарь логистика гранит сокол ладога байкал софт групп консалт'.split(' '),
    ...'д-2022 д-2024/000 user77 ель 123 99999 соколова лазурь-мебель полюс-лаб'.split(' '),
    ...'нетакого ъъъ щукамедведь 0000000 zzzzzz xyxyxy'.split(' '),
  ],
} as const
