export default { test: { environment: "happy-dom", include: ["headstream/views/**/*.test.ts"] } };
