import { InvalidArgumentError } from 'commander';

/** For `--limit`, `--days`: what is no such number is wrong usage, not silently another one. */
export function wholeNumber(max: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= max) return value;
    throw new InvalidArgumentError(`write a whole number from 1 to ${max}.`);
  };
}
