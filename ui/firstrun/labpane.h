#pragma once

#include "shell/page.h"

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace tidemark {

class Banner;

// A way in: a throwaway lab on this machine, built while one watches.
class LabPane : public QWidget
{
    Q_OBJECT

public:
    explicit LabPane(PageContext context, QWidget *parent = nullptr);
    void start();

private:
    [[nodiscard]] QWidget *folderRow();
    void up(const Result<QString> &fleetPath);
    void openFleet(const QString &path);
    void fail(const QString &title, const Error &error);
    void setRunning(bool running);

    PageContext m_context;
    QLineEdit *m_folder;
    QPushButton *m_start;
    QPushButton *m_stop;
    QPlainTextEdit *m_lines;
    Banner *m_banner;
    TaskScope m_tasks;
};

} // namespace tidemark
