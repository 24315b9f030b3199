#pragma once

#include <QDeadlineTimer>
#include <QTest>
#include <QWidget>

namespace tidemark::test {

// Shows a window and waits until it has the focus. A window manager that starts late takes up the windows
// that are there without giving them the focus, so the window is shown anew.
[[nodiscard]] inline bool showActive(QWidget *window)
{
    const QDeadlineTimer deadline(20'000);
    while (!deadline.hasExpired()) {
        window->show();
        window->activateWindow();
        if (QTest::qWaitForWindowActive(window, 500))
            return true;
        window->hide();
    }
    return false;
}

} // namespace tidemark::test
