/** Something that happens at the present instant. */
export interface Task {
  run(argument: unknown): void;
}

/** First in, first out; holds no closures, so that a message costs no garbage here. */
export class TaskRing {
  #tasks = new Array<Task | null>(1024).fill(null);
  #arguments = new Array<unknown>(1024).fill(null);
  #head = 0;
  #size = 0;

  push(task: Task, argument: unknown): void {
    if (this.#size === this.#tasks.length) this.#grow();
    const at = (this.#head + this.#size) & (this.#tasks.length - 1);
    this.#tasks[at] = task;
    this.#arguments[at] = argument;
    this.#size += 1;
  }

  run(): void {
    while (this.#size > 0) {
      const at = this.#head;
      const task = this.#tasks[at]!;
      const argument = this.#arguments[at];
      this.#tasks[at] = null;
      this.#arguments[at] = null;
      this.#head = (at + 1) & (this.#tasks.length - 1);
      this.#size -= 1;
      task.run(argument);
    }
  }

  #grow(): void {
    const order = Array.from({ length: this.#size }, (_, index) => (this.#head + index) & (this.#tasks.length - 1));
    const tasks: (Task | null)[] = order.map((at) => this.#tasks[at]!);
    const values = order.map((at) => this.#arguments[at]);
    const empty = new Array<null>(this.#size).fill(null);
    this.#tasks = tasks.concat(empty);
    this.#arguments = values.concat(empty);
    this.#head = 0;
  }
}
