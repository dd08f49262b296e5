// arch: x86-64
// rule: OH205
// expect: unproved noreturn-unknown f
// flags: -O2
// why: the system call ends the thread, which only its number says; if it returned, the pushed word would still be there

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	testl	%edi, %edi
	je	.Lparent
	pushq	%rdi
	.cfi_def_cfa_offset 16
	movl	$60, %eax
	syscall
	.cfi_def_cfa_offset 8
.Lparent:
	ret
	.cfi_endproc
	.size	f, .-f
