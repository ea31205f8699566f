/** Goes to the first field that something is wrong with, once that is shown. */
export function focusFault(form: EventTarget | null): void {
  requestAnimationFrame(() => {
    if (form instanceof HTMLElement) {
      form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    }
  });
}
