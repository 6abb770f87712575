def pytest_terminal_summary(terminalreporter):
    """A table of what each lesson took, whichever workers ran them."""
    reports = [report for group in ("passed", "failed") for report in terminalreporter.stats.get(group, [])]
    rows = sorted(value for report in reports for name, value in report.user_properties if name == "lesson")
    if rows:
        terminalreporter.section("lessons")
        terminalreporter.write_line(f"{'lesson':24}{'exercises':>12}{'seconds':>10}{'peak MB':>10}")
        for lesson, answers, seconds, megabytes in rows:
            terminalreporter.write_line(f"{lesson:24}{answers:>12}{seconds:10.1f}{megabytes:10.0f}")
