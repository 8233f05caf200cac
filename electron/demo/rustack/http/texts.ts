/** The platform's own sentences (Django REST Framework's), in the two languages that it answers in. */
export type Language = 'ru' | 'en'

const TEXTS = {
  noCredentials: ['Учетные данные не были предоставлены.', 'Authentication credentials were not provided.'],
  badToken: ['Недопустимый токен.', 'Invalid token.'],
  forbidden: ['У вас недостаточно прав для выполнения данного действия.', 'You do not have permission to perform this action.'],
  method: ['Метод "%s" не разрешен.', 'Method "%s" not allowed.'],
  mediaType: ['Неподдерживаемый тип данных "%s" в запросе.', 'Unsupported media type "%s" in request.'],
  throttled: ['Запрос был проигнорирован.', 'Request was throttled.'],
  required: ['Обязательное поле.', 'This field is required.'],
  notNull: ['Это поле не может быть пустым.', 'This field may not be null.'],
  blank: ['Это поле не может быть пустым.', 'This field may not be blank.'],
  notString: ['Не является валидной строкой.', 'Not a valid string.'],
  tooLong: ['Убедитесь, что это значение содержит не более %s символов.', 'Ensure this field has no more than %s characters.'],
  datetime: [
    'Неправильный формат datetime. Используйте один из этих форматов: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
    'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
  ],
  choice: ['Значения "%s" нет среди допустимых вариантов.', '"%s" is not a valid choice.'],
  noObject: ['Недопустимый первичный ключ "%s" - объект не существует.', 'Invalid pk "%s" - object does not exist.'],
  locked: ['Объект заблокирован: выполняется другая операция.', 'The object is locked by another operation.'],
  protected: ['Объект защищён от изменения и удаления.', 'The object is protected.'],
  notInteger: ['Введите правильное число.', 'A valid integer is required.'],
  tooSmall: ['Убедитесь, что это значение больше либо равно %s.', 'Ensure this value is greater than or equal to %s.'],
  unique: ['Поля %s должны производить массив с уникальными значениями.', 'The fields %s must make a unique set.'],
  limit: ['Превышен лимит ресурсов.', 'The resource limit is exceeded.'],
} as const

export type TextKey = keyof typeof TEXTS

export function text(language: Language, key: TextKey, detail = ''): string {
  return TEXTS[key][language === 'ru' ? 0 : 1].replace('%s', detail)
}

export function languageOf(header: string | undefined): Language {
  return header?.trim().toLowerCase().startsWith('ru') === true ? 'ru' : 'en'
}
