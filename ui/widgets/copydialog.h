#pragma once

#include <QDialog>

class QPlainTextEdit;

namespace tidemark {

// Exact text to be read and copied, its lines as they are.
[[nodiscard]] QPlainTextEdit *makeExactText(const QString &text, const QString &name);

// Shows exact text to be taken elsewhere: statements, commands, details. What is copied is what is shown.
class CopyDialog : public QDialog
{
    Q_OBJECT

public:
    CopyDialog(const QString &title, const QString &why, const QString &text, QWidget *parent = nullptr);

Q_SIGNALS:
    void copied();
};

} // namespace tidemark
