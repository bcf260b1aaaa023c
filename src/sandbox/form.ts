import type { Json } from './platform.ts';

/** The fields of an urlencoded or multipart body: strings, and files. Empty when it cannot be read. */
export async function formValues(request: Request, type: string): Promise<Json> {
  if (!type.includes('form')) return {};
  const form = await request.formData().catch(() => new FormData());
  return Object.fromEntries(form.entries());
}
