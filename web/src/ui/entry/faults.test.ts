import { describe, expect, it } from 'vitest';
import { emailFault, passwordFault, registrationFaults } from './faults';

describe('what is wrong with a registration', () => {
  const good = {
    fullName: 'Mara',
    username: 'mara',
    email: ' mara@example.org ',
    password: 'violet anchor',
  };

  it('is nothing where all is there', () => {
    expect(registrationFaults(good)).toEqual({});
  });

  it('is said for each field', () => {
    const faults = registrationFaults({
      fullName: ' ',
      username: '',
      email: 'x',
      password: 'short',
    });
    expect(Object.keys(faults).sort()).toEqual(['email', 'fullName', 'password', 'username']);
  });

  it.each(['', '@', 'a@', '@b', 'a b@c', 'a@b@c', 'a'])('is no address: %j', (email) => {
    expect(emailFault(email)).toContain('email address');
  });

  it.each(['a@b', 'jörg@bücher.example', '  a@b.example  '])('may be an address: %j', (email) => {
    expect(emailFault(email)).toBeUndefined();
  });

  it('counts characters, not their halves', () => {
    expect(passwordFault('😀😀😀😀😀😀😀')).toBeDefined();
    expect(passwordFault('😀😀😀😀😀😀😀😀')).toBeUndefined();
  });
});
