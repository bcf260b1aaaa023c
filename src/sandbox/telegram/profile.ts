export interface Command {
  readonly command: string;
  readonly description: string;
}

/** What the bot says about itself, per language: commands, descriptions, name. */
export class Profile {
  /** Keyed by scope and language. */
  readonly commands = new Map<string, readonly Command[]>();
  /** Keyed by field and language. */
  readonly words = new Map<string, string>();

  /** The menu a person sees: their language's list, else the default one. */
  menu(language: string): readonly Command[] {
    return (
      this.commands.get(commandKey({ type: 'default' }, language)) ??
      this.commands.get(commandKey({ type: 'default' }, '')) ??
      []
    );
  }

  word(field: string, language: string): string {
    return this.words.get(`${field}/${language}`) ?? this.words.get(`${field}/`) ?? '';
  }
}

/** One list of commands: its scope and language. */
export const commandKey = (scope: unknown, language: string) =>
  `${JSON.stringify(scope ?? { type: 'default' })}/${language}`;
