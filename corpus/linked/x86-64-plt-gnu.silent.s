// arch: x86-64
// link: x86_64-linux-gnu-ld -shared --strip-all
// expect: silent
// why: one unwind entry, with an expression over the address, describes a whole procedure linkage table; nothing follows
//      the call of exit's stub, for exit does not return

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	puts@PLT
	testl	%eax, %eax
	js	.Lout
	addl	%ebx, %eax
	.cfi_remember_state
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
.Lout:
	.cfi_restore_state
	call	exit@PLT
	.cfi_endproc
	.size	f, .-f
