#pragma once

#include "shell/page.h"

class QLineEdit;
class QListWidget;
class QPlainTextEdit;

namespace tidemark {

class Banner;
class TextLabel;

// A way in: a fleet file from a colleague, by dialog, by path or dropped here. Nothing of it is used until
// all of it is valid.
class OpenFilePane : public QWidget
{
    Q_OBJECT

public:
    explicit OpenFilePane(PageContext context, QWidget *parent = nullptr);
    void begin();
    void openPath(const QString &path);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    [[nodiscard]] QWidget *pathRow();
    void browse();
    void listExamples();
    void openExample();
    void loaded(const QString &path, const Result<LoadedFleet> &fleet);

    PageContext m_context;
    QLineEdit *m_path;
    Banner *m_banner;
    TextLabel *m_problemsTitle;
    QPlainTextEdit *m_problems;
    QListWidget *m_examples;
    QWidget *m_examplesPane;
    TaskScope m_tasks;
};

} // namespace tidemark
