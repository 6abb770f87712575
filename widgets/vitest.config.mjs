// A generous limit: on a busy machine no test is too slow.
export default {
  test: {
    environment: "happy-dom",
    pool: "threads",
    isolate: false,
    include: ["headstream/**/*.test.ts"],
    testTimeout: 60_000,
  },
};
