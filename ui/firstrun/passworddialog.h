#pragma once

#include "values/secret.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace tidemark {

// Asks for one password. It is not shown, and kept in the desktop keyring only when the person says so.
class PasswordDialog : public QDialog
{
    Q_OBJECT

public:
    PasswordDialog(const QString &title, const QString &who, QWidget *parent = nullptr);
    [[nodiscard]] bool keep() const;

Q_SIGNALS:
    void given(const tidemark::Secret &password, bool keep);

private:
    void give();

    QLineEdit *m_password;
    QCheckBox *m_keep;
};

} // namespace tidemark
