// arch: x86-64
// rule: OH201
// expect: OH201 f+0xa
// expect: OH202 f+0xa
// flags: -O2 -mfunction-return=thunk-extern
// why: a jump to the return thunk is a return, and the frame is still there

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	jmp	__x86_return_thunk
	.cfi_endproc
	.size	f, .-f
