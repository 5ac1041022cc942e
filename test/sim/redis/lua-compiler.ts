import luaparse, { type Expression, type FunctionDeclaration, type Statement } from 'luaparse'
import * as runtime from './lua-values.ts'
import type { LuaTable, LuaValue, Many } from './lua-values.ts'

/** A script, to be run any number of times. */
export type Chunk = (globals: LuaTable) => LuaValue | Many

/**
 * A script of Lua 5.1 as JavaScript. What the product's scripts don't use is refused: `for … in` is for pairs and ipairs,
 * methods are those of strings, and there is no goto, repeat, coroutine or metatable.
 */
export function compile(lua: string): Chunk {
  const { body } = luaparse.parse(lua, {
    luaVersion: '5.1',
    encodingMode: 'pseudo-latin1',
    comments: false,
    ranges: true,
  })
  const source = new Writer(lua).chunk(body)
  // eslint-disable-next-line typescript/no-implied-eval
  return new Function('L', 'G', source).bind(undefined, runtime) as Chunk
}

/** Names of the block being written, and of those around it. */
class Scope {
  readonly names = new Map<string, string>()
  readonly outer: Scope | undefined
  constructor(outer?: Scope) {
    this.outer = outer
  }
  find(name: string): string | undefined {
    return this.names.get(name) ?? this.outer?.find(name)
  }
}

class Writer {
  readonly #lua: string
  #scope = new Scope()
  #count = 0

  constructor(lua: string) {
    this.#lua = lua
  }

  chunk(body: readonly Statement[]): string {
    return `'use strict';${this.#block(body)}`
  }

  #fresh(): string {
    return `$${++this.#count}`
  }

  #declare(name: string): string {
    const fresh = `${name}$${++this.#count}`
    this.#scope.names.set(name, fresh)
    return fresh
  }

  #block(body: readonly Statement[], before: () => string = () => ''): string {
    this.#scope = new Scope(this.#scope)
    const text = before() + body.map((statement) => this.#statement(statement)).join('\n')
    this.#scope = this.#scope.outer as Scope
    return text
  }

  #statement(statement: Statement): string {
    switch (statement.type) {
      case 'LocalStatement': {
        // What is on the right does not see the new names.
        const values = this.#spread(statement.init, statement.variables.length)
        return this.#locals(
          statement.variables.map(({ name }) => this.#declare(name)),
          values,
        )
      }
      case 'AssignmentStatement': {
        const [target, ...others] = statement.variables
        if (target === undefined) return ''
        if (others.length === 0) return `${this.#assign(target, this.#one(statement.init[0]))};`
        const values = this.#spread(statement.init, statement.variables.length)
        const names = statement.variables.map(() => this.#fresh())
        const list = this.#locals(names, values)
        return `{${list}${statement.variables.map((one, i) => `${this.#assign(one, names[i] as string)};`).join('')}}`
      }
      case 'CallStatement':
        return `${this.#many(statement.expression)};`
      case 'FunctionDeclaration': {
        const { identifier } = statement
        if (!statement.isLocal || identifier?.type !== 'Identifier') throw unknown('a global function')
        const name = this.#declare(identifier.name)
        return `const ${name}=${this.#function(statement)};`
      }
      case 'ReturnStatement':
        return `return ${this.#result(statement.arguments)};`
      case 'BreakStatement':
        return 'break;'
      case 'DoStatement':
        return `{${this.#block(statement.body)}}`
      case 'WhileStatement':
        return `while(${this.#condition(statement.condition)}){${this.#block(statement.body)}}`
      case 'IfStatement':
        return statement.clauses
          .map((clause, i) => {
            const head =
              clause.type === 'ElseClause'
                ? 'else'
                : `${i > 0 ? 'else ' : ''}if(${this.#condition(clause.condition)})`
            return `${head}{${this.#block(clause.body)}}`
          })
          .join('')
      case 'ForNumericStatement': {
        const [i, end, step] = [this.#fresh(), this.#fresh(), this.#fresh()]
        const head = `let ${i}=${this.#number(statement.start)},${end}=${this.#number(statement.end)},${step}=${statement.step ? this.#number(statement.step) : '1'}`
        const body = this.#block(statement.body, () => `let ${this.#declare(statement.variable.name)}=${i};`)
        return `for(${head};${step}>0?${i}<=${end}:${i}>=${end};${i}+=${step}){${body}}`
      }
      case 'ForGenericStatement':
        return this.#each(statement)
      default:
        throw unknown(statement.type)
    }
  }

  #each({ variables, iterators, body }: Extract<Statement, { type: 'ForGenericStatement' }>): string {
    const [call] = iterators
    const name = call?.type === 'CallExpression' && call.base.type === 'Identifier' ? call.base.name : ''
    if (call?.type !== 'CallExpression' || (name !== 'pairs' && name !== 'ipairs'))
      throw unknown('an iterator')
    const table = this.#one(call.arguments[0])
    const names = [0, 1].map((i) => ({ name: variables[i]?.name ?? '_', fresh: this.#fresh() }))
    const declared = (): string =>
      names.map(({ name, fresh }) => `let ${this.#declare(name)}=${fresh};`).join('')
    const entries = name === 'pairs' ? 'entries' : 'inOrder'
    return `for(const [${names.map(({ fresh }) => fresh).join()}] of L.${entries}(${table})){${this.#block(body, declared)}}`
  }

  /** @param values as many as names, or one expression for all */
  #locals(names: readonly string[], values: readonly string[]): string {
    if (names.length === values.length) return names.map((name, i) => `let ${name}=${values[i]};`).join('')
    return `let [${names.join()}]=${values[0]};`
  }

  /** So many values of these: one expression each, or a list of all if the last one may give several. */
  #spread(values: readonly Expression[], count: number): string[] {
    const last = values.at(-1)
    if (last !== undefined && values.length < count && this.#isMany(last)) return [`[${this.#list(values)}]`]
    const each = values.map((value) => this.#one(value))
    return Array.from({ length: count }, (_, i) => each[i] ?? 'undefined')
  }

  /** Arguments, or elements: the last one may be several. */
  #list(values: readonly Expression[]): string {
    return values
      .map((value, i) => {
        if (i < values.length - 1 || !this.#isMany(value)) return this.#one(value)
        return value.type === 'VarargLiteral' ? '...$rest' : `...L.all(${this.#many(value)})`
      })
      .join()
  }

  #result(values: readonly Expression[]): string {
    const [value] = values
    if (values.length === 1 && value !== undefined)
      return value.type === 'VarargLiteral'
        ? 'new L.Many($rest)'
        : this.#isMany(value)
          ? this.#many(value)
          : this.#one(value)
    return `new L.Many([${this.#list(values)}])`
  }

  #assign(target: Expression, value: string): string {
    if (target.type === 'Identifier') {
      const name = this.#scope.find(target.name)
      if (name === undefined) throw unknown(`a global ${target.name}`)
      return `${name}=${value}`
    }
    if (target.type === 'MemberExpression')
      return `L.put(${this.#one(target.base)},${JSON.stringify(target.identifier.name)},${value})`
    if (target.type === 'IndexExpression')
      return `L.put(${this.#one(target.base)},${this.#one(target.index)},${value})`
    throw unknown(target.type)
  }

  #condition(expression: Expression): string {
    const text = this.#one(expression)
    return isBoolean(expression) ? text : `L.isTrue(${text})`
  }

  #number(expression: Expression): string {
    const text = this.#one(expression)
    return expression.type === 'NumericLiteral' ? text : `L.numeric(${text})`
  }

  /** An expression's one value. */
  #one(expression: Expression | undefined): string {
    if (expression === undefined) return 'undefined'
    if (expression.type === 'VarargLiteral') return '$rest[0]'
    return isCall(expression) ? `L.first(${this.#many(expression)})` : this.#many(expression)
  }

  #many(expression: Expression): string {
    switch (expression.type) {
      case 'NilLiteral':
        return 'undefined'
      case 'BooleanLiteral':
      case 'NumericLiteral':
        return String(expression.value)
      case 'StringLiteral':
        return JSON.stringify(expression.value)
      case 'Identifier':
        return this.#scope.find(expression.name) ?? `G.get(${JSON.stringify(expression.name)})`
      case 'FunctionDeclaration':
        return this.#function(expression)
      case 'MemberExpression':
        return `L.at(${this.#one(expression.base)},${JSON.stringify(expression.identifier.name)})`
      case 'IndexExpression':
        return `L.at(${this.#one(expression.base)},${this.#one(expression.index)})`
      case 'TableConstructorExpression':
        return this.#table(expression)
      case 'UnaryExpression':
        if (expression.operator === 'not') return `!${this.#condition(expression.argument)}`
        if (expression.operator === '-') return `(-${this.#number(expression.argument)})`
        if (expression.operator === '#') return `L.lengthOf(${this.#one(expression.argument)})`
        throw unknown(expression.operator)
      case 'LogicalExpression': {
        const [left, right] = [this.#one(expression.left), this.#one(expression.right)]
        const value = this.#fresh()
        return expression.operator === 'and'
          ? `((${value})=>L.isTrue(${value})?${right}:${value})(${left})`
          : `((${value})=>L.isTrue(${value})?${value}:${right})(${left})`
      }
      case 'BinaryExpression':
        return this.#binary(expression)
      case 'CallExpression': {
        const { base } = expression
        if (base.type === 'MemberExpression' && base.indexer === ':')
          return `L.invoke(L.at(G.get("string"),${JSON.stringify(base.identifier.name)}),${this.#list([base.base, ...expression.arguments])})`
        const args = this.#list(expression.arguments)
        return `L.invoke(${this.#one(base)}${args === '' ? '' : ','}${args})`
      }
      default:
        throw unknown(expression.type)
    }
  }

  #isMany(expression: Expression): boolean {
    if (expression.type === 'VarargLiteral') return true
    return isCall(expression) && !this.#isInParentheses(expression)
  }

  /** Then it is one value. The parser does not say so: a parenthesis stands before it that begins no call. */
  #isInParentheses(expression: Expression): boolean {
    const [from, to] = (expression as unknown as { range: [number, number] }).range
    const before = /(\w*)\s*\(\s*$/.exec(this.#lua.slice(Math.max(0, from - 40), from))
    if (before === null || !/^\s*\)/.test(this.#lua.slice(to, to + 40))) return false
    const isCallee =
      before[1] === ''
        ? /[\])'"]\s*\(\s*$/.test(this.#lua.slice(Math.max(0, from - 40), from))
        : !KEYWORD.test(before[1] ?? '')
    return !isCallee
  }

  #binary({ operator, left, right }: Extract<Expression, { type: 'BinaryExpression' }>): string {
    if (operator === '^') return `(${this.#number(left)}**${this.#number(right)})`
    if (operator === '+' || operator === '-' || operator === '*' || operator === '/')
      return `(${this.#number(left)}${operator}${this.#number(right)})`
    const [a, b] = [this.#one(left), this.#one(right)]
    switch (operator) {
      case '%':
        return `L.modulo(${a},${b})`
      case '..':
        return `(L.textual(${a})+L.textual(${b}))`
      case '==':
        return `(${a}===${b})`
      case '~=':
        return `(${a}!==${b})`
      case '<':
        return `L.isLess(${a},${b})`
      case '>':
        return `L.isLess(${b},${a})`
      case '<=':
        return `L.isNotMore(${a},${b})`
      case '>=':
        return `L.isNotMore(${b},${a})`
      default:
        throw unknown(operator)
    }
  }

  #table({ fields }: Extract<Expression, { type: 'TableConstructorExpression' }>): string {
    const values = fields.flatMap((field) => (field.type === 'TableValue' ? [field.value] : []))
    const list = `L.tableOf([${this.#list(values)}]`
    const named = fields.flatMap((field) => {
      if (field.type === 'TableKeyString')
        return [`[${JSON.stringify(field.key.name)},${this.#one(field.value)}]`]
      return field.type === 'TableKey' ? [`[${this.#one(field.key)},${this.#one(field.value)}]`] : []
    })
    return named.length === 0 ? `${list})` : `${list},[${named.join()}])`
  }

  #function({ parameters, body }: FunctionDeclaration): string {
    const names: string[] = []
    const text = this.#block(body, () => {
      for (const one of parameters)
        names.push(one.type === 'Identifier' ? this.#declare(one.name) : '...$rest')
      return ''
    })
    return `(${names.join()})=>{${text}}`
  }
}

const KEYWORD = /^(?:return|and|or|not|if|elseif|while|in|then|do|else)$/

function isCall(expression: Expression): boolean {
  return ['CallExpression', 'StringCallExpression', 'TableCallExpression'].includes(expression.type)
}

function isBoolean(expression: Expression): boolean {
  if (expression.type === 'UnaryExpression') return expression.operator === 'not'
  return (
    expression.type === 'BinaryExpression' && ['==', '~=', '<', '>', '<=', '>='].includes(expression.operator)
  )
}

function unknown(what: string): Error {
  return new Error(`this Lua knows no ${what}`)
}
