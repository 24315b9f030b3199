#pragma once

#include <QDialog>

class QLineEdit;

namespace tidemark {

// Asks why something that is not well may stay as it is. Without a reason it cannot be accepted.
class AcceptDialog : public QDialog
{
    Q_OBJECT

public:
    // `what` names it, `means` says what goes on being so.
    AcceptDialog(const QString &what, const QString &means, QWidget *parent = nullptr);
    [[nodiscard]] QString reason() const;

private:
    QLineEdit *m_reason;
};

} // namespace tidemark
