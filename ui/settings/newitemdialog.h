#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace tidemark {

class TextLabel;

// Asks for the name of a new thing in the fleet file and the one value that tells where it is.
class NewItemDialog : public QDialog
{
    Q_OBJECT

public:
    NewItemDialog(const QString &title, const QString &nameLabel, const QString &valueLabel,
        const QString &valueHint, QWidget *parent = nullptr);

    // Names that are taken.
    void refuse(const QStringList &names);
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString value() const;

private:
    void check();

    QStringList m_taken;
    QLineEdit *m_name;
    QLineEdit *m_value;
    TextLabel *m_words;
    QPushButton *m_add;
};

} // namespace tidemark
