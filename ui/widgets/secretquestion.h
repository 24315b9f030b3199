#pragma once

#include "ports/once.h"
#include "ports/secretprompt.h"

#include <QDialog>
#include <QPointer>

class QCheckBox;
class QLineEdit;

namespace tidemark {

// Asks for one secret. It is never shown unless the person holds the eye; what was typed is wiped with the
// dialog.
class SecretQuestion : public QDialog
{
    Q_OBJECT

public:
    // `why` is a sentence: what needs it and what was found so far.
    SecretQuestion(const QString &title, const QString &why, QWidget *parent = nullptr);
    ~SecretQuestion() override;

    [[nodiscard]] SecretAnswer answer() const;
    void offerToKeep(bool offered); // the box "Keep it in the desktop's keyring"

private:
    QLineEdit *m_line;
    QCheckBox *m_keep;
};

// The SecretPrompt of the desktop: one question at a time over the window.
class DesktopSecretPrompt : public SecretPrompt
{
public:
    void askOver(QWidget *window) { m_window = window; }
    [[nodiscard]] QCoro::Task<Result<SecretAnswer>> ask(
        QString name, Error why, std::stop_token stop) override;
    void couldNotKeep(const QString &name, const Error &error) override;

private:
    QPointer<QWidget> m_window;
};

} // namespace tidemark
