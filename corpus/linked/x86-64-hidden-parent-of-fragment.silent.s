// arch: x86-64
// link: x86_64-linux-gnu-ld -shared
// expect: silent
// why: the linker makes the hidden function local and lists it behind a file symbol without a name; its cold part is its
//   fragment all the same

	.file	"a.c"
	.text
	.globl	f
	.hidden	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	movl	%edi, %ebx
	testl	%edi, %edi
	js	.Lcold
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",@progbits
	.type	f.cold, @function
f.cold:
	.cfi_startproc
.Lcold:
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	ud2
	.cfi_endproc
	.size	f.cold, .-f.cold
