/**
 * Whom somebody might take for this user: others of the server, or the same id in small letters, as people write it. What
 * `x=` begins stands for a name of a login service, which nobody types.
 *
 * @param alike users whose ids differ from it in case only
 */
export function caseWarning(user: string, alike: readonly string[]): string | undefined {
  if (alike.length > 0)
    return `Ids are told apart by case: ${user} is not ${alike.join(', ')}, who ${alike.length > 1 ? 'are users' : 'is a user'} too.`
  const small = user.toLowerCase()
  return user.startsWith('x=') || user === small
    ? undefined
    : `Ids are told apart by case: ${user} is not ${small}.`
}
